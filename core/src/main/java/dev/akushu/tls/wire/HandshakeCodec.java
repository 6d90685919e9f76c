package dev.akushu.tls.wire;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.trace.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whole handshake messages to bytes and back. RFC 9846 section 4. */
public final class HandshakeCodec {
    private HandshakeCodec() {}

    /** The message with its four bytes of header. */
    public static byte[] encode(HandshakeMessage message) {
        WireWriter out = new WireWriter();
        out.u8("msg_type", message.type().code());
        int body = out.begin(3);
        message.encode(out);
        out.end("length", 3, body);
        return out.finish();
    }

    /** The body of the message alone: what certificate compression compresses. RFC 8879 section 4. */
    public static byte[] encodeBody(HandshakeMessage message) {
        WireWriter out = new WireWriter();
        message.encode(out);
        return out.finish();
    }

    /**
     * Reads the one whole message, header included, that the {@code length} bytes from {@code offset} are. The array
     * stays the caller's; the message keeps nothing of it.
     */
    public static HandshakeMessage decode(byte[] message, int offset, int length) throws TlsException {
        return decode(WireReader.of(message, offset, length));
    }

    /**
     * Reads the body of a message whose type is known from elsewhere: an uncompressed Certificate. RFC 8879 section 4.
     */
    public static HandshakeMessage decodeBody(HandshakeType type, byte[] body) throws TlsException {
        return decodeBody(type, WireReader.of(body));
    }

    /**
     * What each byte of the message means. If it is malformed, the meaning of what stands before the fault; {@link
     * #decode} says what the fault is.
     */
    public static List<Field> annotate(byte[] message) {
        List<Field> fields = new ArrayList<>();
        try {
            decode(WireReader.annotating(message, Annotator.into(fields)));
        } catch (TlsException malformed) {
            // Nothing to add: the decoder that the handshake runs reports the very same fault to those who must act on
            // it.
            return List.copyOf(fields);
        }
        return List.copyOf(fields);
    }

    private static HandshakeMessage decode(WireReader in) throws TlsException {
        TypeCode code = in.u8("msg_type", TypeCode::new);
        int length = in.u24("length");
        HandshakeType type = HandshakeType.find(code.code());
        if (type == null) {
            throw Problem.UNKNOWN_HANDSHAKE_TYPE.with(code.code());
        }
        if (length > in.remaining()) {
            throw Problem.TRUNCATED_FIELD.with(type.messageName(), length, in.remaining());
        }
        if (length < in.remaining()) {
            throw Problem.TRAILING_BYTES.with(type.messageName(), in.remaining() - length);
        }
        return decodeBody(type, in);
    }

    private static HandshakeMessage decodeBody(HandshakeType type, WireReader in) throws TlsException {
        HandshakeMessage message = switch (type) {
            case CLIENT_HELLO -> ClientHello.decode(in);
            case SERVER_HELLO -> ServerHello.decode(in);
            case NEW_SESSION_TICKET -> NewSessionTicket.decode(in);
            case END_OF_EARLY_DATA -> new EndOfEarlyData();
            case ENCRYPTED_EXTENSIONS -> EncryptedExtensions.decode(in);
            case CERTIFICATE -> Certificate.decode(in);
            case CERTIFICATE_REQUEST -> CertificateRequest.decode(in);
            case CERTIFICATE_VERIFY -> CertificateVerify.decode(in);
            case FINISHED -> Finished.decode(in);
            case KEY_UPDATE -> KeyUpdate.decode(in);
            case COMPRESSED_CERTIFICATE -> CompressedCertificate.decode(in);
            // RFC 9846 4.1: message_hash stands in the transcript only; it is never sent.
            case MESSAGE_HASH -> throw Problem.UNKNOWN_HANDSHAKE_TYPE.with(type.code());
        };
        in.expectEnd(message.messageName());
        return message;
    }

    private record TypeCode(int code) {
        @Override
        public String toString() {
            HandshakeType type = HandshakeType.find(code);
            return type != null ? type.messageName() : String.format(Locale.ROOT, "0x%02x", code);
        }
    }
}
