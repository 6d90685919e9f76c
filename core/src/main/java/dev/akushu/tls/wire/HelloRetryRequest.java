package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * HelloRetryRequest: the server could go on if the ClientHello held something else. A ServerHello with a special
 * random. RFC 9846 section 4.2.4.
 *
 * @param legacyVersion 0x0303
 * @param legacySessionIdEcho the client's legacy_session_id
 * @param cipherSuite the suite that the server is going to choose
 * @param legacyCompressionMethod zero; whether it is that is for the client to check
 * @param extensions the extensions in order
 */
public record HelloRetryRequest(
        int legacyVersion,
        Bytes legacySessionIdEcho,
        CipherSuite cipherSuite,
        int legacyCompressionMethod,
        Extensions extensions)
        implements HandshakeMessage {
    /**
     * The SHA-256 of "HelloRetryRequest": the random that tells this message from a ServerHello. RFC 9846 section
     * 4.2.3.
     */
    public static final Bytes RANDOM =
            Bytes.fromHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    static HelloRetryRequest decodeAfterRandom(int legacyVersion, WireReader in) throws TlsException {
        return new HelloRetryRequest(
                legacyVersion,
                in.vector8("legacy_session_id_echo", 0, 32),
                in.u16("cipher_suite", CipherSuite::of),
                in.u8("legacy_compression_method"),
                Extensions.decode(in, MessageKind.HELLO_RETRY_REQUEST));
    }

    /** What a ServerHello's random says to a person. */
    static String meaningOfRandom(Bytes random) {
        return random.equals(RANDOM) ? "HelloRetryRequest" : "";
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_HELLO;
    }

    @Override
    public String messageName() {
        return MessageKind.HELLO_RETRY_REQUEST.messageName();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("legacy_version", legacyVersion);
        out.fixed("random", RANDOM);
        out.vector8("legacy_session_id_echo", legacySessionIdEcho);
        out.u16("cipher_suite", cipherSuite.code());
        out.u8("legacy_compression_method", legacyCompressionMethod);
        extensions.encode(out);
    }
}
