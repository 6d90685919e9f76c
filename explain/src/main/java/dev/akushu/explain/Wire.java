package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.Alert;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.ApplicationProtocolChosen;
import dev.akushu.tls.trace.TraceEvent.CertificateCompressed;
import dev.akushu.tls.trace.TraceEvent.ChangeCipherSpec;
import dev.akushu.tls.trace.TraceEvent.ClientCertificateRequested;
import dev.akushu.tls.trace.TraceEvent.CookieReturned;
import dev.akushu.tls.trace.TraceEvent.EarlyDataDecided;
import dev.akushu.tls.trace.TraceEvent.EarlyDataOffered;
import dev.akushu.tls.trace.TraceEvent.EarlyDataResent;
import dev.akushu.tls.trace.TraceEvent.EarlyDataSkipped;
import dev.akushu.tls.trace.TraceEvent.ExternalPskChosen;
import dev.akushu.tls.trace.TraceEvent.ExternalPsksOffered;
import dev.akushu.tls.trace.TraceEvent.Failed;
import dev.akushu.tls.trace.TraceEvent.FinishedChecked;
import dev.akushu.tls.trace.TraceEvent.GroupChosen;
import dev.akushu.tls.trace.TraceEvent.HandshakeDone;
import dev.akushu.tls.trace.TraceEvent.IdentityChosen;
import dev.akushu.tls.trace.TraceEvent.KeyExchangeOmitted;
import dev.akushu.tls.trace.TraceEvent.KeyUpdated;
import dev.akushu.tls.trace.TraceEvent.KeysChanged;
import dev.akushu.tls.trace.TraceEvent.Message;
import dev.akushu.tls.trace.TraceEvent.PeerChainVerified;
import dev.akushu.tls.trace.TraceEvent.ProofOfKey;
import dev.akushu.tls.trace.TraceEvent.RecordPassed;
import dev.akushu.tls.trace.TraceEvent.RecordSizesAgreed;
import dev.akushu.tls.trace.TraceEvent.ResumptionDecided;
import dev.akushu.tls.trace.TraceEvent.ResumptionOffered;
import dev.akushu.tls.trace.TraceEvent.RetryRequested;
import dev.akushu.tls.trace.TraceEvent.SecretDerived;
import dev.akushu.tls.trace.TraceEvent.SharedSecretComputed;
import dev.akushu.tls.trace.TraceEvent.Started;
import dev.akushu.tls.trace.TraceEvent.SuiteChosen;
import dev.akushu.tls.trace.TraceEvent.TicketOpened;
import dev.akushu.tls.trace.TraceEvent.TicketReceived;
import dev.akushu.tls.trace.TraceEvent.TicketSealed;
import dev.akushu.tls.trace.TraceEvent.TicketsAnnounced;
import org.jspecify.annotations.Nullable;

/** What passes between the two ends. */
enum Wire {
    /** A handshake message. */
    MESSAGE,
    /** A record of application data. */
    DATA,
    /** An alert. */
    ALERT,
    /** A record of any kind. One holds several messages, so that it is sent after them and received before them. */
    RECORD,
    /** A change_cipher_spec, which is dropped unread. */
    DUMMY;

    /** What kind of thing passed, or null if the event happened at one end. */
    static @Nullable Wire of(TraceEvent event) {
        return switch (event) {
            case Message _ -> MESSAGE;
            case ApplicationData _ -> DATA;
            case Alert _ -> ALERT;
            case RecordPassed _ -> RECORD;
            case ChangeCipherSpec _ -> DUMMY;
            case Started _, HandshakeDone _, Failed _ -> null;
            case SuiteChosen _, GroupChosen _, RetryRequested _, ApplicationProtocolChosen _ -> null;
            case SharedSecretComputed _, KeyExchangeOmitted _, SecretDerived _, KeysChanged _, KeyUpdated _ -> null;
            case EarlyDataOffered _, EarlyDataDecided _, EarlyDataSkipped _, EarlyDataResent _ -> null;
            case ResumptionOffered _, ResumptionDecided _, TicketOpened _, TicketSealed _, TicketReceived _ -> null;
            case ExternalPsksOffered _, ExternalPskChosen _ -> null;
            case TicketsAnnounced _, RecordSizesAgreed _, CookieReturned _, CertificateCompressed _ -> null;
            case IdentityChosen _, ClientCertificateRequested _, PeerChainVerified _, ProofOfKey _, FinishedChecked _ ->
                null;
        };
    }

    /** Whether the order of a story hangs on it: it is sent before it is received, and what it causes comes after it. */
    boolean ordersStory() {
        return this == MESSAGE || this == DATA || this == ALERT;
    }

    /** Which way a thing went that passed the wire; null for all that happens at one end. */
    static @Nullable Flow flow(TraceEvent event) {
        Wire kind = of(event);
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case MESSAGE -> ((Message) event).flow();
            case DATA -> ((ApplicationData) event).flow();
            case ALERT -> ((Alert) event).flow();
            case RECORD -> ((RecordPassed) event).flow();
            case DUMMY -> ((ChangeCipherSpec) event).flow();
        };
    }

    /** Who sends what {@code teller} sees go this way. */
    static Role sender(Role teller, Flow flow) {
        return flow == Flow.SENT ? teller : teller.peer();
    }
}
