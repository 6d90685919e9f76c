package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TlsException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Decides about the peer's public key as the flags say: BoringSSL asks a callback that knows its hash. */
record ShimRawTrust(Options options) implements RawKeyTrust {
    @Override
    public CertificateCheck verify(RawKey peer) throws TlsException {
        if (options.has(Flag.VERIFY_FAIL)) {
            throw Problem.CERTIFICATE_REFUSED.with("-", "the flag " + Flag.VERIFY_FAIL);
        }
        Bytes hash = sha256(peer.subjectPublicKeyInfo());
        if (options.has(Flag.EXPECT_PEER_RPK_SHA256) && !hash.equals(options.bytes(Flag.EXPECT_PEER_RPK_SHA256))) {
            throw Problem.RAW_KEY_UNKNOWN.with("key", hash.hex(), 1);
        }
        return new CertificateCheck(CertificateCheck.Kind.PINNED_KEY, "-", hash.hex());
    }

    @Override
    public String scope() {
        return "shim";
    }

    private static Bytes sha256(Bytes content) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(content.toArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
