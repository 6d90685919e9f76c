package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateCompressionAlgorithm;
import dev.akushu.tls.wire.CompressCertificate;
import dev.akushu.tls.wire.CompressedCertificate;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificate messages in a shorter form, the same for both roles. RFC 8879. */
public final class CertificatePacking {
    private CertificatePacking() {}

    /** What this end can unpack, for a ClientHello or a CertificateRequest; null if nothing. */
    public static @Nullable CompressCertificate offer(List<CertificateCompression> own) {
        return own.isEmpty()
                ? null
                : new CompressCertificate(own.stream()
                        .map(way -> CertificateCompressionAlgorithm.of(way.code()))
                        .toList());
    }

    /** Sends {@code certificate}, compressed if the peer can unpack it and it is worth it; returns the bytes of the message. */
    public static byte[] send(Certificate certificate, List<CertificateCompression> own, Extensions ofPeer, Output out)
            throws TlsException {
        return out.send(packed(certificate, own, ofPeer.find(CompressCertificate.class), out));
    }

    /** The certificate that came, compressed or not; {@code own} is what was offered to the peer. */
    public static Certificate received(HandshakeMessage message, List<CertificateCompression> own, Output out)
            throws TlsException {
        if (!(message instanceof CompressedCertificate compressed)) {
            return (Certificate) message;
        }
        // RFC 8879 4: who offered nothing does not expect it.
        if (own.isEmpty()) {
            throw Problem.UNEXPECTED_HANDSHAKE_MESSAGE.with(
                    compressed.messageName(), List.of(HandshakeType.CERTIFICATE.messageName()));
        }
        byte[] body = unpacked(compressed, own);
        tell(Flow.RECEIVED, compressed, out);
        return (Certificate) HandshakeCodec.decodeBody(HandshakeType.CERTIFICATE, body);
    }

    private static HandshakeMessage packed(
            Certificate certificate,
            List<CertificateCompression> own,
            @Nullable CompressCertificate accepted,
            Output out) {
        CertificateCompression way = common(own, accepted);
        if (way == null) {
            return certificate;
        }
        byte[] body = HandshakeCodec.encodeBody(certificate);
        byte[] shorter = way.compress(body);
        if (shorter.length >= body.length) {
            return certificate;
        }
        CompressedCertificate compressed = new CompressedCertificate(way.code(), body.length, Bytes.wrap(shorter));
        tell(Flow.SENT, compressed, out);
        return compressed;
    }

    /** This end's best that the other end can unpack. */
    private static @Nullable CertificateCompression common(
            List<CertificateCompression> own, @Nullable CompressCertificate accepted) {
        if (accepted == null) {
            return null;
        }
        for (CertificateCompression way : own) {
            if (accepted.algorithms().contains(CertificateCompressionAlgorithm.of(way.code()))) {
                return way;
            }
        }
        return null;
    }

    private static byte[] unpacked(CompressedCertificate message, List<CertificateCompression> own)
            throws TlsException {
        CertificateCompressionAlgorithm algorithm = CertificateCompressionAlgorithm.of(message.algorithm());
        CertificateCompression way = own.stream()
                .filter(one -> one.code() == message.algorithm())
                .findFirst()
                .orElse(null);
        if (way == null) {
            throw Problem.WRONG_COMPRESSION_CHOSEN.with(
                    algorithm,
                    own.stream()
                            .map(one -> CertificateCompressionAlgorithm.of(one.code()))
                            .toList());
        }
        int length = message.uncompressedLength();
        // RFC 8879 4: before anything is unpacked. A certificate is no longer in this form than it could be in its own.
        if (length > RecordLimits.HANDSHAKE_MESSAGE) {
            throw Problem.BAD_COMPRESSED_CERTIFICATE.with(algorithm, length, RecordLimits.HANDSHAKE_MESSAGE);
        }
        try {
            byte[] body = way.decompress(message.compressed().toArray(), length);
            if (body.length != length) {
                throw new IOException("it came to " + body.length + " bytes");
            }
            return body;
        } catch (IOException malformed) {
            throw Problem.BAD_COMPRESSED_CERTIFICATE.causedBy(
                    malformed, algorithm, length, RecordLimits.HANDSHAKE_MESSAGE);
        }
    }

    private static void tell(Flow flow, CompressedCertificate message, Output out) {
        out.event(() -> new TraceEvent.CertificateCompressed(
                flow,
                CertificateCompressionAlgorithm.of(message.algorithm()).toString(),
                message.uncompressedLength(),
                message.compressed().length()));
    }
}
