package dev.akushu.tls.resume;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server takes a ticket that opened. Decides from its arguments alone.
 *
 * @param crypto tells the hashes of the suites
 * @param clientCertificateRequired whether this server lets in only clients that showed a certificate or a public key
 * @param maximumAuthenticationAge how long after a full handshake sessions may be resumed, ticket after ticket. RFC
 *     9846 section 4.7.1
 */
public record TicketPolicy(Crypto crypto, boolean clientCertificateRequired, Duration maximumAuthenticationAge) {
    // How far the clock of the server that issued a ticket may be ahead of this one's.
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final Duration EARLIEST_AGE = CLOCK_SKEW.negated();

    /** With {@link StoredTicket#MAXIMUM_AUTHENTICATION_AGE}. */
    public static TicketPolicy of(Crypto crypto, boolean clientCertificateRequired) {
        return new TicketPolicy(crypto, clientCertificateRequired, StoredTicket.MAXIMUM_AUTHENTICATION_AGE);
    }

    /** Why {@code offer} cannot resume {@code state}, or null if it can. */
    public @Nullable NotResumed refuse(TicketState state, ClientOffer offer) {
        // RFC 9846 4.3.9: servers MUST NOT select a key exchange mode that is not listed by the client.
        if (!offer.commonPskMode()) {
            return NotResumed.NO_COMMON_PSK_MODE;
        }
        NotResumed byTime = refuseByTime(state, offer);
        if (byTime != null) {
            return byTime;
        }
        // RFC 9846 4.7.1: a ticket MUST only be resumed with a suite that has the same KDF hash algorithm.
        if (!sameHash(state.suite(), offer.suite())) {
            return NotResumed.OTHER_HASH;
        }
        return refuseBySession(state.origin(), offer);
    }

    /**
     * Whether a ClientHello may bring early data as far as its time tells: it came at most {@code window} before or after
     * it should, by the age that the client states. RFC 9846 sections 4.3.10 and 8.3.
     */
    public static boolean isFresh(Instant expectedArrival, Instant arrivedAt, Duration window) {
        return Duration.between(expectedArrival, arrivedAt).abs().compareTo(window) <= 0;
    }

    private @Nullable NotResumed refuseByTime(TicketState state, ClientOffer offer) {
        // What age the client states does not matter here: RFC 9846 4.3.10 and 8.3 make it a condition of early data
        // only.
        Duration age = state.age(offer.now());
        if (age.compareTo(state.lifetime()) > 0) {
            return NotResumed.TICKET_TOO_OLD;
        }
        // Issued in the future: one of two clocks is so wrong that nobody can tell how old the ticket is.
        if (age.compareTo(EARLIEST_AGE) < 0) {
            return NotResumed.AGE_MISMATCH;
        }
        return state.origin().isAuthenticated(offer.now(), maximumAuthenticationAge)
                ? null
                : NotResumed.AUTHENTICATION_TOO_OLD;
    }

    private @Nullable NotResumed refuseBySession(StoredTicket.Origin origin, ClientOffer offer) {
        // RFC 9846 4.3.11 leaves this to the server; a session of another host may rest on another certificate and
        // other rules.
        if (!sameName(origin.serverName(), offer.serverName())) {
            return NotResumed.OTHER_SERVER_NAME;
        }
        String protocol = origin.applicationProtocol();
        if (protocol != null && !offer.commonProtocols().contains(protocol)) {
            return NotResumed.OTHER_APPLICATION_PROTOCOL;
        }
        if (clientCertificateRequired && origin.peerCertificates().isEmpty() && origin.peerRawKey() == null) {
            return NotResumed.OTHER_POLICY;
        }
        return null;
    }

    private boolean sameHash(CipherSuite one, CipherSuite other) {
        SuiteCrypto first = crypto.suite(one);
        SuiteCrypto second = crypto.suite(other);
        return first != null
                && second != null
                && first.hash().name().equals(second.hash().name());
    }

    private static boolean sameName(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equalsIgnoreCase(other);
    }
}
