package dev.akushu.tls.engine;

import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.wire.Finished;
import java.util.Locale;

/** Proof that the peer's Finished was verified: both ends saw the same handshake. RFC 9846 section 4.5.3. */
public final class FinishedVerified {
    private FinishedVerified() {}

    /**
     * Verifies in constant time.
     *
     * @param secret the sender's handshake traffic secret
     * @param transcriptHash over all messages before the Finished
     */
    public static FinishedVerified check(Role sender, Finished finished, TrafficSecret secret, byte[] transcriptHash)
            throws TlsException {
        // RFC 9846 4.5.3: verify_data has the length of the hash; another length is an error of form.
        if (finished.verifyData().length() != transcriptHash.length) {
            throw Problem.LENGTH_OUT_OF_RANGE.with(
                    "verify_data", finished.verifyData().length(), transcriptHash.length, transcriptHash.length);
        }
        if (!secret.isFinished(finished.verifyData(), transcriptHash)) {
            throw Problem.BAD_FINISHED.with(sender.name().toLowerCase(Locale.ROOT));
        }
        return new FinishedVerified();
    }
}
