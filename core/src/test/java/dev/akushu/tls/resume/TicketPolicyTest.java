package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.StoredTicket.Origin;
import dev.akushu.tls.crypto.Crypto;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TicketPolicyTest {
    private static final Instant ISSUED = AnyTicket.NOW;
    private static final Instant LATER = ISSUED.plus(Duration.ofHours(1));
    private static final TicketPolicy OPEN_TO_ALL = TicketPolicy.of(Crypto.jdk(), false);
    private static final TicketPolicy CLIENTS_WITH_CERTIFICATE = TicketPolicy.of(Crypto.jdk(), true);
    private static final Origin PLAIN = AnyTicket.plainOrigin();
    private static final Origin WITH_CERTIFICATE =
            AnyTicket.origin("example.org", "h2", List.of(Bytes.ofAscii("DER")), ISSUED);

    static Stream<Arguments> offers() {
        CipherSuite sha256 = CipherSuite.TLS_CHACHA20_POLY1305_SHA256;
        CipherSuite sha384 = CipherSuite.TLS_AES_256_GCM_SHA384;
        return Stream.of(
                argumentSet("offer that fits", OPEN_TO_ALL, PLAIN, offer(LATER), null),
                argumentSet("no psk_dhe_ke", OPEN_TO_ALL, PLAIN, withoutPskDheKe(), NotResumed.NO_COMMON_PSK_MODE),
                argumentSet("end of the lifetime", OPEN_TO_ALL, PLAIN, offer(at(Duration.ofDays(1))), null),
                argumentSet(
                        "after the lifetime",
                        OPEN_TO_ALL,
                        PLAIN,
                        offer(at(Duration.ofDays(1).plusMillis(1))),
                        NotResumed.TICKET_TOO_OLD),
                argumentSet("issuer's clock is ahead", OPEN_TO_ALL, PLAIN, offer(at(Duration.ofSeconds(-60))), null),
                argumentSet(
                        "issuer's clock is wrong",
                        OPEN_TO_ALL,
                        PLAIN,
                        offer(at(Duration.ofSeconds(-61))),
                        NotResumed.AGE_MISMATCH),
                argumentSet("other suite, same hash", OPEN_TO_ALL, PLAIN, offer(sha256, "example.org", "h2"), null),
                argumentSet(
                        "other hash", OPEN_TO_ALL, PLAIN, offer(sha384, "example.org", "h2"), NotResumed.OTHER_HASH),
                argumentSet("same name in capitals", OPEN_TO_ALL, PLAIN, offer(sha256, "EXAMPLE.org", "h2"), null),
                argumentSet(
                        "other name",
                        OPEN_TO_ALL,
                        PLAIN,
                        offer(sha256, "example.com", "h2"),
                        NotResumed.OTHER_SERVER_NAME),
                argumentSet(
                        "no name any more",
                        OPEN_TO_ALL,
                        PLAIN,
                        offer(sha256, null, "h2"),
                        NotResumed.OTHER_SERVER_NAME),
                argumentSet("no name before or now", OPEN_TO_ALL, nameless(), offer(sha256, null, "h2"), null),
                argumentSet(
                        "a name now",
                        OPEN_TO_ALL,
                        nameless(),
                        offer(sha256, "example.org", "h2"),
                        NotResumed.OTHER_SERVER_NAME),
                argumentSet(
                        "protocol among others",
                        OPEN_TO_ALL,
                        PLAIN,
                        offer(sha256, "example.org", "http/1.1", "h2"),
                        null),
                argumentSet(
                        "protocol gone",
                        OPEN_TO_ALL,
                        PLAIN,
                        offer(sha256, "example.org", "http/1.1"),
                        NotResumed.OTHER_APPLICATION_PROTOCOL),
                argumentSet(
                        "certificate required now",
                        CLIENTS_WITH_CERTIFICATE,
                        PLAIN,
                        offer(LATER),
                        NotResumed.OTHER_POLICY),
                argumentSet("certificate shown", CLIENTS_WITH_CERTIFICATE, WITH_CERTIFICATE, offer(LATER), null),
                argumentSet("full handshake seven days ago", OPEN_TO_ALL, authenticated(7), offer(ISSUED), null),
                argumentSet(
                        "full handshake longer ago",
                        OPEN_TO_ALL,
                        authenticated(7),
                        offer(LATER),
                        NotResumed.AUTHENTICATION_TOO_OLD),
                argumentSet("certificate still valid", OPEN_TO_ALL, expiring(LATER), offer(LATER), null),
                argumentSet(
                        "certificate expired",
                        OPEN_TO_ALL,
                        expiring(LATER),
                        offer(LATER.plusMillis(1)),
                        NotResumed.AUTHENTICATION_TOO_OLD));
    }

    @ParameterizedTest
    @MethodSource("offers")
    void resumesOnlyWhatFits(TicketPolicy policy, Origin origin, ClientOffer offer, @Nullable NotResumed expected) {
        assertThat(policy.refuse(AnyTicket.plainState(origin), offer)).isEqualTo(expected);
    }

    @Test
    void suiteThatIsNotImplementedAnyMoreHasAnotherHash() {
        TicketState state = new TicketState(
                new byte[32],
                CipherSuite.TLS_AES_128_CCM_SHA256,
                ISSUED,
                Duration.ofDays(1),
                0,
                0,
                PLAIN,
                CertificateType.X509,
                Bytes.empty());
        assertThat(OPEN_TO_ALL.refuse(state, offer(LATER))).isEqualTo(NotResumed.OTHER_HASH);
    }

    @Test
    void wrongStatedAgeDoesNotHinderTheResumption() {
        TicketState state = AnyTicket.plainState(PLAIN);
        assertThat(OPEN_TO_ALL.refuse(state, stating(Duration.ofDays(3)))).isNull();
    }

    @ParameterizedTest
    @MethodSource("statedAges")
    void earlyDataNeedsAnAgeThatFits(Duration stated, boolean expected) {
        assertThat(TicketPolicy.isFresh(ISSUED.plus(stated), LATER, Duration.ofSeconds(10)))
                .isEqualTo(expected);
    }

    static Stream<Arguments> statedAges() {
        Duration age = Duration.between(ISSUED, LATER);
        return Stream.of(
                argumentSet("exact", age, true),
                argumentSet("ten seconds behind", age.minusSeconds(10), true),
                argumentSet("more behind", age.minusSeconds(10).minusMillis(1), false),
                argumentSet("ten seconds ahead", age.plusSeconds(10), true),
                argumentSet("more ahead", age.plusSeconds(10).plusMillis(1), false));
    }

    private static ClientOffer offer(Instant now) {
        return new ClientOffer(now, CipherSuite.TLS_AES_128_GCM_SHA256, "example.org", List.of("h2"), true, 0);
    }

    private static ClientOffer offer(CipherSuite suite, @Nullable String serverName, String... protocols) {
        return new ClientOffer(LATER, suite, serverName, List.of(protocols), true, 0);
    }

    private static ClientOffer withoutPskDheKe() {
        return new ClientOffer(LATER, CipherSuite.TLS_AES_128_GCM_SHA256, "example.org", List.of("h2"), false, 0);
    }

    private static ClientOffer stating(Duration age) {
        long obfuscated = age.toMillis() + AnyTicket.plainState(PLAIN).ageAdd() & 0xffff_ffffL;
        return new ClientOffer(
                LATER, CipherSuite.TLS_AES_128_GCM_SHA256, "example.org", List.of("h2"), true, obfuscated);
    }

    private static Instant at(Duration age) {
        return ISSUED.plus(age);
    }

    private static Origin nameless() {
        return AnyTicket.origin(null, null, List.of(), ISSUED);
    }

    private static Origin authenticated(int daysAgo) {
        return AnyTicket.origin("example.org", "h2", List.of(), ISSUED.minus(Duration.ofDays(daysAgo)));
    }

    private static Origin expiring(Instant expiry) {
        return new Origin("example.org", "h2", NamedGroup.X25519, null, List.of(), null, ISSUED, expiry);
    }
}
