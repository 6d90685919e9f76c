package dev.akushu.tls.identity;

import dev.akushu.tls.Role;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the signature in a CertificateVerify covers. RFC 9846 section 4.5.2. */
public final class CertificateVerifyContent {
    private static final int PADDING = 64;
    private static final int CONTEXT_LENGTH = "TLS 1.3, server CertificateVerify".length();

    private CertificateVerifyContent() {}

    /**
     * 64 spaces, which clear whatever prefix an older version signed; the context string of {@code signer}; a zero
     * byte; the hash.
     *
     * @param transcriptHash Transcript-Hash(Handshake Context, Certificate)
     */
    public static byte[] of(Role signer, byte[] transcriptHash) {
        byte[] content = new byte[PADDING + CONTEXT_LENGTH + 1 + transcriptHash.length];
        Arrays.fill(content, 0, PADDING, (byte) ' ');
        System.arraycopy(context(signer).getBytes(StandardCharsets.US_ASCII), 0, content, PADDING, CONTEXT_LENGTH);
        System.arraycopy(transcriptHash, 0, content, PADDING + CONTEXT_LENGTH + 1, transcriptHash.length);
        return content;
    }

    private static String context(Role signer) {
        return switch (signer) {
            case CLIENT -> "TLS 1.3, client CertificateVerify";
            case SERVER -> "TLS 1.3, server CertificateVerify";
        };
    }
}
