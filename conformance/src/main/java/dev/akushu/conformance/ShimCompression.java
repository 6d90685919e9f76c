package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCompression;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The ways to compress certificates that the runner knows: each puts one prefix in the place of another.
 *
 * @param code on the wire
 * @param plain the prefix that the message has
 * @param packed the prefix that its form has
 */
record ShimCompression(int code, Bytes plain, Bytes packed) implements CertificateCompression {
    private static final CertificateCompression EXPANDING =
            new ShimCompression(0xff02, Bytes.empty(), Bytes.fromHex("01020304"));
    private static final CertificateCompression SHRINKING =
            new ShimCompression(0xff01, Bytes.fromHex("0000"), Bytes.empty());
    /** BoringSSL's shim takes any byte here, the runner too. */
    private static final CertificateCompression RANDOM =
            new ShimCompression(0xff03, Bytes.empty(), Bytes.fromHex("00"));

    /** What the flags want installed, best first. */
    static CertificateCompression[] of(Options options) {
        List<CertificateCompression> all = List.of(EXPANDING, SHRINKING, RANDOM);
        long one = options.number(Flag.INSTALL_ONE_CERT_COMPRESSION_ALG, 0);
        return all.stream()
                .filter(way -> options.has(Flag.INSTALL_CERT_COMPRESSION_ALGS) || way.code() == one)
                .toArray(CertificateCompression[]::new);
    }

    @Override
    public byte[] compress(byte[] message) {
        return replaced(message, plain.length(), packed);
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws IOException {
        if (compressed.length - packed.length() + plain.length() != length) {
            throw new IOException("not " + length + " bytes");
        }
        return replaced(compressed, packed.length(), plain);
    }

    private static byte[] replaced(byte[] bytes, int prefix, Bytes by) {
        byte[] result = Arrays.copyOf(by.toArray(), by.length() + bytes.length - prefix);
        System.arraycopy(bytes, prefix, result, by.length(), bytes.length - prefix);
        return result;
    }
}
