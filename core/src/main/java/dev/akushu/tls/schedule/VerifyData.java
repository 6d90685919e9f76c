package dev.akushu.tls.schedule;

import dev.akushu.tls.Bytes;
import java.security.MessageDigest;

/** The MAC in a Finished message, and in the same form in a PSK binder. RFC 9846 sections 4.5.3 and 4.3.11.2. */
final class VerifyData {
    private VerifyData() {}

    /** The code under the finished_key of {@code baseKey} over a transcript hash. */
    static byte[] of(Secret baseKey, byte[] transcriptHash) {
        Secret finishedKey = baseKey.deriveFinishedKey();
        try {
            return finishedKey.mac(transcriptHash);
        } finally {
            finishedKey.wipe();
        }
    }

    /** Takes the same time wherever the two differ. */
    static boolean equalInConstantTime(byte[] expected, Bytes received) {
        return MessageDigest.isEqual(expected, received.toArray());
    }
}
