package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.SecretObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that can be set for a server, and what holds unless it is. A builder changes its own; a server has a copy that nobody changes any more. */
final class ServerSettings implements Cloneable {
    Crypto crypto = Crypto.ownCurves();
    Policy policy = Policy.MODERN_2026_11;
    IdentitySource identities;

    @Nullable PskSource externalPsks;

    Duration pskSourceTimeout = Duration.ofSeconds(10);
    boolean pskOnly;
    ClientAuthentication clientAuthentication = ClientAuthentication.NONE;

    @Nullable Trust clientTrust;

    String clientTrustScope = "";

    List<OidFilter> clientCertificateFilters = List.of();
    boolean clientCertificateTimestamps;

    @Nullable RawKeyTrust rawClientKeys;

    String rawClientKeysScope = "";
    List<String> applicationProtocols = List.of();

    @Nullable ApplicationProtocolChoice applicationProtocolChoice;

    boolean suitesInClientOrder;
    Predicate<String> serverNames = name -> true;

    @Nullable TicketKeySource ticketKeys;

    int ticketsPerHandshake = 2;
    int maximumTickets = 8;
    Duration ticketLifetime = Duration.ofHours(24);
    Duration authenticationLifetime = Duration.ofDays(7);
    String ticketScope = "";
    Function<TlsSession, Bytes> ticketData = TlsSession::ticketData;
    Predicate<Bytes> ticketDataAccepted = data -> true;
    int maxEarlyDataBytes;
    boolean halfRttData;
    Duration freshnessWindow = Duration.ofSeconds(10);

    @Nullable ReplayGuard replayGuard;

    @Nullable ReplayGuard ownReplayGuard;

    @Nullable ReplayGuard ownKeyReplayGuard;

    Duration replayGuardTimeout = Duration.ofSeconds(1);

    @Nullable KeyLog keyLog;

    @Nullable SecretObserver secretObserver;

    @Nullable Supplier<? extends Observer> observers;

    InstantSource clock = InstantSource.system();
    Duration handshakeTimeout = Duration.ofSeconds(30);
    long recordsPerKey = Long.MAX_VALUE;
    boolean grease = true;

    @Nullable BooleanSupplier statelessRetry;

    RecordPolicy records = RecordPolicy.DEFAULT;
    List<CertificateCompression> certificateCompressions = List.of();

    ServerSettings(IdentitySource identities) {
        this.identities = identities;
    }

    /** The same settings, to be changed apart from these. */
    ServerSettings copy() {
        try {
            return (ServerSettings) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
