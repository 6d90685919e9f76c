package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;

/** What a file is that should have been PEM, as far as its first bytes tell. */
final class FileKind {
    private static final int SHOWN = 32;

    private FileKind() {}

    static String of(byte[] content) {
        if (content.length == 0) {
            return "empty file";
        }
        if (content.length >= 4
                && content[0] == (byte) 0xfe
                && content[1] == (byte) 0xed
                && content[2] == (byte) 0xfe) {
            return "Java key store (JKS)";
        }
        if (content[0] == DerReader.SEQUENCE && content.length > 1 && (content[1] & 0xff) >= 0x80) {
            return isPkcs12(content) ? "PKCS#12" : "DER";
        }
        return Bytes.copyOf(content, 0, Math.min(SHOWN, content.length)).printableAscii();
    }

    /** PFX is a SEQUENCE that begins with the version 3. RFC 7292 section 4. */
    private static boolean isPkcs12(byte[] content) {
        try {
            return DerReader.of(content).enter(DerReader.SEQUENCE, "PFX").smallInteger("version") == 3;
        } catch (DerException _) {
            // No DER to its end, or something else: then it is not PKCS#12.
            return false;
        }
    }
}
