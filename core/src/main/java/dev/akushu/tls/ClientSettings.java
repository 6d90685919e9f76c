package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.SecretObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that can be set for a client, and what holds unless it is. A builder changes its own; a client has a copy that nobody changes any more. */
final class ClientSettings implements Cloneable {
    Crypto crypto = Crypto.ownCurves();
    Policy policy = Policy.MODERN_2026_11;
    Trust trust;

    @Nullable RawKeyTrust rawServerKeys;

    boolean certificatesFirst;

    @Nullable Identity identity;

    @Nullable IdentitySource identities;

    boolean verifiesBeforeResuming;
    boolean certificateTimestamps;
    boolean certificateAuthorities;
    boolean postHandshakeAuthentication;
    List<ExternalPsk> externalPsks = List.of();
    List<String> applicationProtocols = List.of();
    TicketStore tickets = TicketStore.inMemory(TlsClient.DEFAULT_TICKETS);

    @Nullable KeyLog keyLog;

    @Nullable SecretObserver secretObserver;

    @Nullable Supplier<? extends Observer> observers;

    InstantSource clock = InstantSource.system();
    boolean compatibilityMode = true;

    @Nullable String serverName;

    boolean serverNameIndication = true;
    Duration handshakeTimeout = Duration.ofSeconds(30);
    long recordsPerKey = Long.MAX_VALUE;

    @Nullable TicketRequest ticketRequest;

    boolean grease = true;
    boolean permutesExtensions = true;
    RecordPolicy records = RecordPolicy.DEFAULT;
    List<CertificateCompression> certificateCompressions = List.of();

    ClientSettings(Trust trust) {
        this.trust = trust;
    }

    /** The same settings, to be changed apart from these. */
    ClientSettings copy() {
        try {
            return (ClientSettings) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
