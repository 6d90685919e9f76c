package dev.akushu.tls.client;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.schedule.HandshakeTraffic;
import dev.akushu.tls.schedule.MainSecret;
import dev.akushu.tls.schedule.Transcript;
import org.jspecify.annotations.Nullable;

/**
 * What the client knows once the keys of the handshake are there; the states of STEP 2 hand it on.
 *
 * @param offer what was offered
 * @param suite that was chosen
 * @param group that made the shared secret, or null if there is no key exchange
 * @param retried whether it took a second ClientHello
 * @param notResumed why this is a full handshake, or null if it resumes
 * @param transcript up to the last message
 * @param traffic the traffic secrets of the handshake, for the Finished
 * @param mainSecret for what comes after
 * @param early what it has to send early
 * @param recordSizeLimit what the server takes in a record; what the protocol allows until it says less
 * @param types of what each end shows
 */
record ClientProgress(
        Offer offer,
        SuiteCrypto suite,
        @Nullable NamedGroup group,
        boolean retried,
        @Nullable NotResumed notResumed,
        Transcript transcript,
        HandshakeTraffic traffic,
        MainSecret mainSecret,
        EarlyAttempt early,
        int recordSizeLimit,
        CertificateTypes types) {
    TlsClient config() {
        return offer.setting().config();
    }

    ClientSetting setting() {
        return offer.setting();
    }

    /** The same, with what became of early data. */
    ClientProgress with(EarlyDataOutcome decided) {
        return with(early.with(decided), recordSizeLimit, types);
    }

    /** The same, with what the server takes in a record. */
    ClientProgress withRecordSizeLimit(int bytes) {
        return with(early, bytes, types);
    }

    /** The same, with the types that the server has chosen. */
    ClientProgress with(CertificateTypes chosen) {
        return with(early, recordSizeLimit, chosen);
    }

    private ClientProgress with(EarlyAttempt attempt, int bytes, CertificateTypes shown) {
        return new ClientProgress(
                offer, suite, group, retried, notResumed, transcript, traffic, mainSecret, attempt, bytes, shown);
    }

    /** Overwrites the secrets, because the connection has failed. */
    void forget() {
        traffic.wipe();
        mainSecret.wipe();
    }
}
