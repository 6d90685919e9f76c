package dev.akushu.fuzz;

import dev.akushu.tls.CertificateCompression;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Compressed certificates: what unpacks them gives a message of the length that was announced, or refuses. RFC 8879. */
public final class UnpackTarget {
    static final List<CertificateCompression> WAYS =
            List.of(CertificateCompression.zlib(), CertificateCompression.brotli(), CertificateCompression.zstd());

    /** The longest that may be announced. */
    private static final int LONGEST = 128 << 10;

    private UnpackTarget() {}

    /** One run: an octet for the way, three for the length, and the compressed form. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 4) {
            return;
        }
        CertificateCompression way = WAYS.get((input[0] & 0xff) % WAYS.size());
        int announced = (input[1] & 0xff) << 16 | (input[2] & 0xff) << 8 | input[3] & 0xff;
        int length = Math.min(announced, LONGEST);
        try {
            byte[] message = way.decompress(Arrays.copyOfRange(input, 4, input.length), length);
            if (message.length != length) {
                throw new IllegalStateException("announced were " + length + " bytes, not " + message.length);
            }
        } catch (IOException refused) {
            if (refused.getMessage() == null) {
                throw new IllegalStateException("refused without a reason", refused);
            }
        }
    }
}
