package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TicketStateTest {
    @Property(tries = 300)
    void decodingGivesBackWhatWasEncoded(@ForAll("states") TicketState state) throws TlsException {
        byte[] encoded = state.encode();
        TicketState decoded = TicketState.decode(encoded, encoded.length);
        assertSame(decoded, state);
        assertThat(decoded.encode()).isEqualTo(encoded);
    }

    @Property(tries = 300)
    void everyTruncationIsRefused(@ForAll("states") TicketState state, @ForAll int anywhere) {
        byte[] encoded = state.encode();
        int length = Math.floorMod(anywhere, encoded.length);
        assertThatThrownBy(() -> TicketState.decode(encoded, length)).isInstanceOf(TlsException.Malformed.class);
    }

    @Property(tries = 300)
    void changedBytesAreRefusedOrReadAsOtherValues(
            @ForAll("states") TicketState state, @ForAll int anywhere, @ForAll byte change) throws TlsException {
        Assume.that(change != 0);
        byte[] encoded = state.encode();
        encoded[Math.floorMod(anywhere, encoded.length)] ^= change;
        try {
            // One form for each value: what is accepted is written again as it was read.
            assertThat(TicketState.decode(encoded, encoded.length).encode()).isEqualTo(encoded);
        } catch (TlsException.Malformed refused) {
            assertThat(refused.diagnosis().facts()).isNotEmpty();
        }
    }

    @Property(tries = 500)
    void noBytesMakeTheDecoderFailOtherwise(@ForAll byte[] noise) {
        try {
            TicketState decoded = TicketState.decode(noise, noise.length);
            assertThat(decoded.encode()).isEqualTo(noise);
        } catch (TlsException refused) {
            assertThat(refused).isInstanceOf(TlsException.Malformed.class);
        }
    }

    @Test
    void leftoverBytesAreRefused() {
        byte[] encoded = AnyTicket.plainState(AnyTicket.plainOrigin()).encode();
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        assertThatThrownBy(() -> TicketState.decode(longer, longer.length)).isInstanceOf(TlsException.Malformed.class);
    }

    @Test
    void otherFormatVersionsAreRefused() {
        byte[] encoded = AnyTicket.plainState(AnyTicket.plainOrigin()).encode();
        encoded[0]++;
        assertThatThrownBy(() -> TicketState.decode(encoded, encoded.length))
                .isInstanceOf(TlsException.Malformed.class);
    }

    @Test
    void lifetimeAboveSevenDaysIsRefused() {
        assertThatThrownBy(() -> new TicketState(
                        new byte[32],
                        CipherSuite.TLS_AES_128_GCM_SHA256,
                        AnyTicket.NOW,
                        Duration.ofSeconds(604_801),
                        0,
                        0,
                        AnyTicket.plainOrigin(),
                        CertificateType.X509,
                        Bytes.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAreTakenUpToTheirLimits() {
        long most = 0xffff_ffffL;
        for (TicketState state : List.of(
                state(1, 0, 0, 0, 0), state(64, StoredTicket.MAXIMUM_LIFETIME.toSeconds(), most, most, 1 << 14))) {
            assertThat(state.statedAge(state.ageAdd())).isZero();
            assertThat(state.pskLength()).isEqualTo(state.copyPsk().length);
        }
        List<Supplier<TicketState>> beyond = List.of(
                () -> state(0, 1, 0, 0, 0),
                () -> state(65, 1, 0, 0, 0),
                () -> state(1, -1, 0, 0, 0),
                () -> state(1, 1, -1, 0, 0),
                () -> state(1, 1, most + 1, 0, 0),
                () -> state(1, 1, 0, -1, 0),
                () -> state(1, 1, 0, most + 1, 0),
                () -> state(1, 1, 0, 0, (1 << 14) + 1));
        for (Supplier<TicketState> one : beyond) {
            assertThatThrownBy(one::get).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static TicketState state(int psk, long lifetime, long ageAdd, long earlyData, int applicationData) {
        return new TicketState(
                AnyTicket.filled(psk, 1),
                CipherSuite.TLS_AES_128_GCM_SHA256,
                AnyTicket.NOW,
                Duration.ofSeconds(lifetime),
                ageAdd,
                earlyData,
                AnyTicket.plainOrigin(),
                CertificateType.X509,
                Bytes.wrap(AnyTicket.filled(applicationData, 2)));
    }

    @Test
    void chainThatFitsIsSealedWhole() {
        List<Bytes> chain = List.of(certificate(4096), certificate(4096));
        assertThat(TicketState.chainToSeal(chain)).isEqualTo(chain);
    }

    @Test
    void clientsOwnCertificateIsSealedAloneIfItsChainIsTooLong() {
        List<Bytes> chain = List.of(certificate(4096), certificate(4097));
        assertThat(TicketState.chainToSeal(chain)).containsExactly(chain.getFirst());
    }

    @Test
    void clientsOwnCertificateMayTakeAllTheRoom() {
        Bytes own = certificate(8192);
        assertThat(TicketState.chainToSeal(List.of(own, certificate(1)))).containsExactly(own);
    }

    @Test
    void noTicketIsIssuedIfTheClientsOwnCertificateIsTooLong() {
        assertThat(TicketState.chainToSeal(List.of(certificate(8193)))).isNull();
    }

    @Test
    void clientWithoutCertificateHasNothingToSeal() {
        assertThat(TicketState.chainToSeal(List.of())).isEmpty();
    }

    @Test
    void chainThatIsTooLongIsNotTaken() {
        var origin = AnyTicket.origin("a.example", null, List.of(certificate(8193)), AnyTicket.NOW);
        assertThatThrownBy(() -> AnyTicket.plainState(origin)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statedAgeIsUnmaskedModulo2To32() {
        TicketState state = AnyTicket.plainState(AnyTicket.plainOrigin());
        long obfuscated = 0x8000_0001L + 0x9000_0000L & 0xffff_ffffL;
        assertThat(state.statedAge(obfuscated)).isEqualTo(Duration.ofMillis(0x9000_0000L));
    }

    @Test
    void textsShowNoSecret() {
        TicketState state = AnyTicket.plainState(AnyTicket.plainOrigin());
        String secret = HexFormat.of().formatHex(state.copyPsk(), 0, 4);
        assertThat(state.toString()).contains("psk=32 bytes").doesNotContain(secret);
        assertThat(state.contents()).noneMatch(line -> line.contains(secret));
    }

    @Test
    void wipedStateGivesNoKeyAway() {
        TicketState state = AnyTicket.plainState(AnyTicket.plainOrigin());
        state.wipe();
        assertThatThrownBy(state::copyPsk).isInstanceOf(IllegalStateException.class);
    }

    @Provide
    Arbitrary<TicketState> states() {
        return AnyTicket.states();
    }

    static void assertSame(TicketState actual, TicketState expected) {
        assertThat(actual.copyPsk()).isEqualTo(expected.copyPsk());
        assertThat(actual.suite()).isEqualTo(expected.suite());
        assertThat(actual.issuedAt()).isEqualTo(expected.issuedAt());
        assertThat(actual.lifetime()).isEqualTo(expected.lifetime());
        assertThat(actual.ageAdd()).isEqualTo(expected.ageAdd());
        assertThat(actual.maxEarlyDataBytes()).isEqualTo(expected.maxEarlyDataBytes());
        assertThat(actual.origin()).isEqualTo(expected.origin());
        assertThat(actual.applicationData()).isEqualTo(expected.applicationData());
    }

    private static Bytes certificate(int length) {
        return Bytes.wrap(AnyTicket.filled(length, 0x30));
    }
}
