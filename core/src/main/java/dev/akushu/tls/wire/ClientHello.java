package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * ClientHello: what the client offers. RFC 9846 section 4.2.2.
 *
 * <p>Also holds the hello of a client that does not speak TLS 1.3, which has no supported_versions; its extensions are
 * all {@link UnknownExtension}, and may be absent.
 *
 * @param legacyVersion the version that old servers read; 0x0303 in TLS 1.3
 * @param random 32 bytes
 * @param legacySessionId up to 32 bytes, for the server to echo
 * @param cipherSuites the suites in the order of preference
 * @param legacyCompressionMethods exactly one zero byte in TLS 1.3; whether it is that is for the server to check
 * @param extensions the extensions in order
 */
public record ClientHello(
        int legacyVersion,
        Bytes random,
        Bytes legacySessionId,
        List<CipherSuite> cipherSuites,
        Bytes legacyCompressionMethods,
        Extensions extensions)
        implements HandshakeMessage {
    private static final int RANDOM_LENGTH = 32;

    /** Checks the length of random. */
    public ClientHello {
        if (random.length() != RANDOM_LENGTH) {
            throw new IllegalArgumentException("random needs 32 bytes: " + random);
        }
        cipherSuites = List.copyOf(cipherSuites);
    }

    static ClientHello decode(WireReader in) throws TlsException {
        return new ClientHello(
                in.u16("legacy_version", ProtocolVersion::of).code(),
                in.fixed("random", RANDOM_LENGTH),
                in.vector8("legacy_session_id", 0, 32),
                in.codes("cipher_suites", 2, 2, 0xfffe, "CipherSuite", CipherSuite::of),
                in.vector8("legacy_compression_methods", 1, 0xff),
                Extensions.decodeInHello(in, MessageKind.CLIENT_HELLO));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.CLIENT_HELLO;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("legacy_version", legacyVersion);
        out.fixed("random", random);
        out.vector8("legacy_session_id", legacySessionId);
        out.list("cipher_suites", 2, cipherSuites, (to, suite) -> to.u16("CipherSuite", suite.code()));
        out.vector8("legacy_compression_methods", legacyCompressionMethods);
        extensions.encodeInHello(out);
    }

    /**
     * How many bytes at the end of the encoded message hold the list of binders, its 2-byte length included: what a
     * binder does not cover. RFC 9846 section 4.3.11.2. Zero if pre_shared_key is absent, or is not the last extension,
     * as it must be.
     */
    public int bindersLength() {
        return extensions.last() instanceof OfferedPsks psks ? psks.bindersLength() : 0;
    }

    /** Writes the binders to the end of {@code encoded}, this message but for them. */
    public void writeBinders(byte[] encoded) {
        if (extensions.last() instanceof OfferedPsks psks) {
            psks.writeBinders(encoded, encoded.length - psks.bindersLength());
        }
    }

    /**
     * The same ClientHello with other binders. They must be as many as the ones that are there and each as long, for
     * the lengths are part of what the binders cover; and pre_shared_key must be the last extension.
     */
    public ClientHello withBinders(List<Bytes> binders) {
        if (!(extensions.last() instanceof OfferedPsks psks)) {
            throw new IllegalStateException("pre_shared_key is not the last extension: " + extensions.types());
        }
        return new ClientHello(
                legacyVersion,
                random,
                legacySessionId,
                cipherSuites,
                legacyCompressionMethods,
                extensions.withLast(psks.withBinders(binders)));
    }
}
