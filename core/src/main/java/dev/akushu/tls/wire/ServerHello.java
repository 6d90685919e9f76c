package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * ServerHello: the server's choice. RFC 9846 section 4.2.3.
 *
 * <p>Also holds the hello of a server that chose an older version, which has no supported_versions; its extensions are
 * all {@link UnknownExtension}, and may be absent.
 *
 * @param legacyVersion 0x0303 in TLS 1.3; otherwise the version that the server chose
 * @param random 32 bytes
 * @param legacySessionIdEcho the client's legacy_session_id
 * @param cipherSuite the suite that the server chose
 * @param legacyCompressionMethod zero in TLS 1.3; whether it is that is for the client to check
 * @param extensions the extensions in order
 */
public record ServerHello(
        int legacyVersion,
        Bytes random,
        Bytes legacySessionIdEcho,
        CipherSuite cipherSuite,
        int legacyCompressionMethod,
        Extensions extensions)
        implements HandshakeMessage {
    private static final int RANDOM_LENGTH = 32;

    /** Checks the length of random, and that it is not the one that makes a HelloRetryRequest. */
    public ServerHello {
        if (random.length() != RANDOM_LENGTH || random.equals(HelloRetryRequest.RANDOM)) {
            throw new IllegalArgumentException("random needs 32 bytes that are no HelloRetryRequest's: " + random);
        }
    }

    /** Reads a ServerHello, or the HelloRetryRequest that its special random says it is. */
    static HandshakeMessage decode(WireReader in) throws TlsException {
        int legacyVersion = in.u16("legacy_version", ProtocolVersion::of).code();
        Bytes random = in.fixed("random", RANDOM_LENGTH, HelloRetryRequest::meaningOfRandom);
        // RFC 9846 4.2.3: implementations MUST first examine the Random value.
        if (random.equals(HelloRetryRequest.RANDOM)) {
            return HelloRetryRequest.decodeAfterRandom(legacyVersion, in);
        }
        return new ServerHello(
                legacyVersion,
                random,
                in.vector8("legacy_session_id_echo", 0, 32),
                in.u16("cipher_suite", CipherSuite::of),
                in.u8("legacy_compression_method"),
                Extensions.decodeInHello(in, MessageKind.SERVER_HELLO));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_HELLO;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("legacy_version", legacyVersion);
        out.fixed("random", random);
        out.vector8("legacy_session_id_echo", legacySessionIdEcho);
        out.u16("cipher_suite", cipherSuite.code());
        out.u8("legacy_compression_method", legacyCompressionMethod);
        extensions.encodeInHello(out);
    }
}
