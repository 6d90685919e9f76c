package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Role;
import dev.akushu.tls.Trust.PeerChain;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands in the memory of a trust, and how long. */
class RememberedVerdictsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final List<CertificateCheck> CHECKS =
            List.of(new CertificateCheck(Kind.SIGNATURE, "CN=example.org", "by somebody"));

    private final RememberedVerdicts verdicts = new RememberedVerdicts();

    @Test
    void theChecksAreGivenAsTheyWereWithTheTimeBeforeThem() {
        verdicts.keep(key(1), NOW, Instant.MAX, CHECKS);

        assertThat(verdicts.find(key(1), NOW.plusSeconds(1)).orElseThrow())
                .containsExactly(
                        new CertificateCheck(Kind.REMEMBERED, "CN=example.org", NOW.toString()), CHECKS.getFirst());
    }

    @Test
    void aVerdictHoldsForFiveMinutesAtMost() {
        verdicts.keep(key(1), NOW, Instant.MAX, CHECKS);

        assertThat(verdicts.find(key(1), NOW.plus(Duration.ofMinutes(5)))).isPresent();
        assertThat(verdicts.find(key(1), NOW.plus(Duration.ofMinutes(5)).plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void aVerdictHoldsNoLongerThanWhatItRestsOn() {
        verdicts.keep(key(1), NOW, NOW.plusSeconds(7), CHECKS);

        assertThat(verdicts.find(key(1), NOW.plusSeconds(7))).isPresent();
        assertThat(verdicts.find(key(1), NOW.plusSeconds(8))).isEmpty();
    }

    @Test
    void whatHoldsForTheMomentIsNotRemembered() {
        verdicts.keep(key(1), NOW, Instant.MIN, CHECKS);

        assertThat(verdicts.find(key(1), NOW)).isEmpty();
    }

    @Test
    void aClockThatWasSetBackTakesAVerdictAway() {
        verdicts.keep(key(1), NOW, Instant.MAX, CHECKS);

        assertThat(verdicts.find(key(1), NOW.minusSeconds(1))).isEmpty();
    }

    @Test
    void aLaterVerdictTakesThePlaceOfOneThatHasEnded() {
        verdicts.keep(key(1), NOW, NOW.plusSeconds(1), CHECKS);
        Instant later = NOW.plusSeconds(60);
        verdicts.keep(key(1), later, Instant.MAX, CHECKS);

        assertThat(verdicts.find(key(1), later).orElseThrow().getFirst().detail())
                .isEqualTo(later.toString());
    }

    /** Whoever shows chains without end takes no more memory than this, and the last one is always there. */
    @Test
    void neverAreThereMoreThanAThousand() {
        List<Bytes> keys =
                IntStream.range(0, 20_000).mapToObj(RememberedVerdictsTest::key).toList();
        for (Bytes key : keys) {
            verdicts.keep(key, NOW, Instant.MAX, CHECKS);
            assertThat(verdicts.find(key, NOW)).isPresent();
        }

        assertThat(present(keys)).isBetween(RememberedVerdicts.MOST / 2L, (long) RememberedVerdicts.MOST);
    }

    @Test
    void chainsThatWouldStandInTheSamePlaceStandSideBySide() {
        Bytes one = at(3, 500);
        Bytes other = at(3, 700);
        for (int i = 0; i < 3; i++) {
            verdicts.keep(one, NOW.plusSeconds(i), Instant.MAX, CHECKS);
            verdicts.keep(other, NOW.plusSeconds(i), Instant.MAX, CHECKS);
        }

        assertThat(present(List.of(one, other))).isEqualTo(2);
    }

    @Test
    void whereBothPlacesAreTakenTheElderMakesRoom() {
        Bytes elder = at(3, 4);
        Bytes younger = at(4, 3);
        verdicts.keep(elder, NOW, Instant.MAX, CHECKS);
        verdicts.keep(younger, NOW.plusSeconds(1), Instant.MAX, CHECKS);
        Bytes third = Bytes.wrap(
                ByteBuffer.allocate(8).put(at(4, 3).toArray()).putInt(1).array());
        verdicts.keep(third, NOW.plusSeconds(2), Instant.MAX, CHECKS);

        Instant now = NOW.plusSeconds(2);
        assertThat(verdicts.find(elder, now)).isEmpty();
        assertThat(verdicts.find(younger, now)).isPresent();
        assertThat(verdicts.find(third, now)).isPresent();
    }

    @Test
    void manyThreadsDoNotDisturbEachOther() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            Random random = new Random(thread);
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 5_000; i++) {
                            int number = random.nextInt(3_000);
                            verdicts.keep(key(number), NOW, Instant.MAX, named(number));
                            Optional<List<CertificateCheck>> found = verdicts.find(key(number), NOW);
                            found.ifPresent(checks ->
                                    assertThat(checks.getLast().subject()).isEqualTo("CN=" + number));
                        }
                    },
                    Thread::startVirtualThread));
        }

        all.forEach(CompletableFuture::join);
    }

    /** RFC 9846 4.5.1 lets a peer send its certificates in any order, and a verdict may depend on it. */
    @Test
    void theKeyStandsForEverythingThatAVerdictDependsOn() {
        Bytes one = Bytes.ofAscii("one");
        Bytes other = Bytes.ofAscii("other");
        List<PeerChain> different = List.of(
                chain(Role.SERVER, "example.org", null, one),
                chain(Role.CLIENT, "example.org", null, one),
                chain(Role.SERVER, null, null, one),
                chain(Role.SERVER, "", null, one),
                chain(Role.SERVER, "other.example", null, one),
                chain(Role.SERVER, "example.org", Bytes.empty(), one),
                chain(Role.SERVER, "example.org", other, one),
                chain(Role.SERVER, "example.org", null, other),
                chain(Role.SERVER, "example.org", null, one, other),
                chain(Role.SERVER, "example.org", null, other, one),
                chain(Role.SERVER, "example.org", null, Bytes.ofAscii("oneother")),
                chain(Role.SERVER, "example.or", null, Bytes.ofAscii("gone")));

        Set<Bytes> keys = new HashSet<>();
        different.forEach(peer -> keys.add(RememberedVerdicts.key(peer)));
        assertThat(keys).hasSameSizeAs(different);
        assertThat(RememberedVerdicts.key(chain(Role.SERVER, "example.org", null, one)))
                .isEqualTo(RememberedVerdicts.key(different.getFirst()));
    }

    private long present(List<Bytes> keys) {
        return keys.stream()
                .filter(key -> verdicts.find(key, NOW.plusSeconds(2)).isPresent())
                .count();
    }

    private static PeerChain chain(
            Role role, @Nullable String host, @Nullable Bytes ocspResponse, Bytes... certificates) {
        return new PeerChain(role, List.of(certificates), host, ocspResponse);
    }

    private static List<CertificateCheck> named(int number) {
        return List.of(new CertificateCheck(Kind.SIGNATURE, "CN=" + number, ""));
    }

    private static Bytes key(int number) {
        return RememberedVerdicts.key(chain(Role.SERVER, "example.org", null, Bytes.ofAscii(String.valueOf(number))));
    }

    /** A key with these two places. */
    private static Bytes at(int first, int second) {
        return Bytes.wrap(ByteBuffer.allocate(4)
                .putShort((short) first)
                .putShort((short) second)
                .array());
    }
}
