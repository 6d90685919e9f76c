package dev.akushu.lab.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.Recording.Part;
import dev.akushu.lab.record.RecordingListener;
import dev.akushu.lab.record.TimedStep;
import dev.akushu.lab.record.WireRecord;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario and each fault comes out as the engine says, and as the page's words promise. */
class PerformanceTest {
    private static final RecordingListener NOBODY = new RecordingListener() {
        @Override
        public void begin(Recording recording) {}

        @Override
        public void step(Recording recording, TimedStep step) {}

        @Override
        public void end(Recording recording) {}
    };

    private static List<Recording> perform(Order order) throws IOException {
        Performance performance = new Performance(order, NOBODY);
        performance.perform();
        return performance.recordings();
    }

    private static <E extends TraceEvent> Stream<E> events(Recording recording, Class<E> kind) {
        return recording.steps().stream()
                .map(timed -> timed.step().event())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static List<String> messages(Recording recording) {
        return events(recording, TraceEvent.Message.class)
                .map(TraceEvent.Message::name)
                .toList();
    }

    /** The first failure of the last connection, and which end tells of it. */
    private static TimedStep failure(Order order) throws IOException {
        return perform(order).getLast().steps().stream()
                .filter(timed -> timed.step().event() instanceof TraceEvent.Failed)
                .findFirst()
                .orElseThrow();
    }

    private static Diagnosis diagnosis(TimedStep failed) {
        return ((TraceEvent.Failed) failed.step().event()).diagnosis();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REMOTE")
    void scenarioEndsInOrder(Scenario scenario) throws IOException {
        for (Recording recording : perform(Order.of(scenario))) {
            assertThat(events(recording, TraceEvent.Failed.class)).isEmpty();
            assertThat(events(recording, TraceEvent.HandshakeDone.class)).isNotEmpty();
            assertThat(events(recording, TraceEvent.Alert.class)).hasSize(2).noneMatch(TraceEvent.Alert::fatal);
        }
    }

    @Test
    void resumptionComesBackWithoutACertificate() throws IOException {
        List<Recording> both = perform(Order.of(Scenario.RESUMPTION));

        assertThat(both).extracting(Recording::part).containsExactly(Part.BEFORE, Part.MAIN);
        assertThat(messages(both.getFirst())).contains("Certificate", "CertificateVerify", "NewSessionTicket");
        assertThat(messages(both.getLast())).doesNotContain("Certificate", "CertificateVerify");
        assertThat(events(both.getLast(), TraceEvent.TicketOpened.class)).hasSize(1);
    }

    @Test
    void earlyDataIsTakenBeforeTheServerHasSpoken() throws IOException {
        Recording second = perform(Order.of(Scenario.EARLY_DATA)).getLast();

        assertThat(events(second, TraceEvent.EarlyDataDecided.class))
                .extracting(TraceEvent.EarlyDataDecided::outcome)
                .containsOnly(EarlyDataOutcome.ACCEPTED);
        assertThat(messages(second)).contains("EndOfEarlyData");
    }

    @Test
    void externalKeyTakesThePlaceOfCertificates() throws IOException {
        Recording recording = perform(Order.of(Scenario.EXTERNAL_PSK)).getLast();

        assertThat(events(recording, TraceEvent.ExternalPskChosen.class))
                .hasSize(1)
                .allMatch(TraceEvent.ExternalPskChosen::imported);
        assertThat(messages(recording)).doesNotContain("Certificate", "CertificateVerify", "CertificateRequest");
    }

    @Test
    void macIsMadeBeforeTheFinishedThatCarriesIt() throws IOException {
        List<TimedStep> steps = perform(Order.of(Scenario.FULL)).getLast().steps();
        for (Role role : Role.values()) {
            List<String> told = steps.stream()
                    .filter(timed -> timed.step().teller() == role)
                    .map(timed -> timed.step().event())
                    .map(event -> switch (event) {
                        case TraceEvent.FinishedChecked checked when checked.flow() == Flow.SENT -> "MAC";
                        case TraceEvent.Message message when message.flow() == Flow.SENT -> message.name();
                        default -> "";
                    })
                    .toList();

            assertThat(told).containsSubsequence("MAC", "Finished");
        }
    }

    @Test
    void retryAsksForAnotherClientHello() throws IOException {
        assertThat(messages(perform(Order.of(Scenario.RETRY)).getLast()))
                .startsWith("ClientHello", "HelloRetryRequest", "ClientHello", "ServerHello");
    }

    @Test
    void clientShowsACertificateIfAsked() throws IOException {
        assertThat(messages(perform(Order.of(Scenario.CLIENT_CERTIFICATE)).getLast()))
                .containsSubsequence("CertificateRequest", "Certificate", "Certificate");
    }

    @Test
    void bothEndsUpdateTheirKeys() throws IOException {
        assertThat(messages(perform(Order.of(Scenario.KEY_UPDATE)).getLast()))
                .filteredOn("KeyUpdate"::equals)
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_CA, CLIENT, UNKNOWN_ISSUER",
        "EXPIRED, CLIENT, CERTIFICATE_EXPIRED",
        "WRONG_HOST, CLIENT, HOST_NAME_MISMATCH",
        "OTHER_KEY, CLIENT, BAD_SIGNATURE",
        "REPLAYED_TICKET, SERVER, CLOSED_DURING_HANDSHAKE",
        "REPLAYED_EARLY_DATA, SERVER, CLOSED_DURING_HANDSHAKE",
        "TRUNCATED, CLIENT, TRUNCATED",
        "NO_COMMON_GROUP, SERVER, NO_COMMON_GROUP",
        "OLD_SERVER, CLIENT, ALERT_RECEIVED",
        "OLD_CLIENT, SERVER, CLIENT_TOO_OLD",
        "NO_COMMON_PROTOCOL, SERVER, NO_COMMON_APPLICATION_PROTOCOL"
    })
    void faultIsNoticed(Fault fault, Role by, Problem problem) throws IOException {
        TimedStep failed = failure(Order.of(fault));

        assertThat(failed.step().teller()).isEqualTo(by);
        assertThat(diagnosis(failed).problem()).isEqualTo(problem);
    }

    @Test
    void serverWithTls12OnlySaysSoByAnAlert() throws IOException {
        assertThat(diagnosis(failure(Order.of(Fault.OLD_SERVER))).fact("code")).isEqualTo(70);
    }

    @Test
    void retiredTicketKeyCostsAFullHandshakeAndNothingElse() throws IOException {
        Recording second = perform(Order.of(Fault.RETIRED_TICKET_KEY)).getLast();

        assertThat(events(second, TraceEvent.ResumptionDecided.class).findFirst())
                .hasValue(new TraceEvent.ResumptionDecided(NotResumed.UNKNOWN_TICKET_KEY));
        assertThat(events(second, TraceEvent.HandshakeDone.class)).isNotEmpty();
        assertThat(events(second, TraceEvent.Failed.class)).isEmpty();
    }

    @Test
    void theCertificateOfAServerThatCannotResumeIsKnownFromTheFirstConnection() throws IOException {
        List<Recording> both = perform(Order.of(Fault.RETIRED_TICKET_KEY));

        assertThat(both.stream().flatMap(one -> events(one, TraceEvent.PeerChainVerified.class)))
                .extracting(verified -> verified.checks().getFirst().kind() == CertificateCheck.Kind.REMEMBERED)
                .containsExactly(false, true);
    }

    @Test
    void replayedEarlyDataIsNotTakenTwice() throws IOException {
        Recording copy = perform(Order.of(Fault.REPLAYED_EARLY_DATA)).getLast();

        assertThat(copy.part()).isEqualTo(Part.COPY);
        assertThat(events(copy, TraceEvent.EarlyDataDecided.class))
                .extracting(TraceEvent.EarlyDataDecided::outcome)
                .containsExactly(EarlyDataOutcome.REPLAYED);
        assertThat(events(copy, TraceEvent.ApplicationData.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT, ClientHello",
        "SERVER, ServerHello",
        "SERVER, EncryptedExtensions",
        "SERVER, Certificate",
        "SERVER, CertificateVerify",
        "SERVER, Finished",
        "CLIENT, Finished",
        "SERVER, NewSessionTicket"
    })
    void flippedBitInAnyMessageEndsTheConnection(Role sender, String message) throws IOException {
        Recording recording =
                perform(Order.of(Scenario.FULL, Flip.of(sender, message, 12))).getLast();

        List<WireRecord> altered =
                recording.records().stream().filter(WireRecord::isAltered).toList();
        assertThat(altered).hasSize(1).allMatch(record -> record.sender() == sender);
        assertThat(events(recording, TraceEvent.Failed.class)).isNotEmpty();
    }

    private static List<Integer> alteredRecords(Recording recording) {
        return recording.records().stream()
                .filter(WireRecord::isAltered)
                .map(WireRecord::number)
                .toList();
    }

    @Test
    void bitOfTheFirstConnectionIsFlippedThere() throws IOException {
        Flip flip = new Flip(Part.BEFORE, Role.SERVER, "Certificate", 1, 12, 0);
        List<Recording> both = perform(Order.of(Scenario.RESUMPTION, flip));

        assertThat(alteredRecords(both.getFirst())).hasSize(1);
        assertThat(events(both.getFirst(), TraceEvent.Failed.class)).isNotEmpty();
        assertThat(alteredRecords(both.getLast())).isEmpty();
        assertThat(messages(both.getLast())).as("without a ticket").contains("Certificate");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bitOfOneOfSeveralMessagesOfANameIsFlippedInThatOne(int occurrence) throws IOException {
        Flip flip = new Flip(Part.MAIN, Role.CLIENT, "ClientHello", occurrence, 12, 0);
        Recording recording = perform(Order.of(Scenario.RETRY, flip)).getLast();
        TraceEvent.Message hello = events(recording, TraceEvent.Message.class)
                .filter(message -> message.flow() == Flow.SENT && message.name().equals("ClientHello"))
                .skip(occurrence - 1)
                .findFirst()
                .orElseThrow();

        assertThat(alteredRecords(recording))
                .containsExactlyElementsOf(recording.places(hello).stream()
                        .map(piece -> piece.record())
                        .toList());
    }

    @Test
    void messageAlteredInTheClearArrivesWhereItWasSent() throws IOException {
        Recording recording = perform(Order.of(Scenario.FULL, Flip.of(Role.CLIENT, "ClientHello", 12)))
                .getLast();
        List<TimedStep> told = recording.steps().stream()
                .filter(timed -> timed.step().event() instanceof TraceEvent.Message message
                        && message.name().equals("ClientHello"))
                .toList();

        assertThat(told).extracting(timed -> recording.isArrival(timed.step())).containsExactly(false, true);
        assertThat(told).allMatch(timed -> recording.isAltered(timed.step()));
        assertThat(recording.places(told.getLast().step().event()))
                .isNotEmpty()
                .isEqualTo(recording.places(told.getFirst().step().event()));
    }

    @Test
    void messageThatDoesNotComeIsNotFlipped() throws IOException {
        Recording recording = perform(Order.of(Scenario.FULL, Flip.of(Role.SERVER, "HelloRetryRequest", 12)))
                .getLast();

        assertThat(alteredRecords(recording)).isEmpty();
        assertThat(events(recording, TraceEvent.Failed.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REMOTE")
    void everyMessageIsFoundWholeOnTheWire(Scenario scenario) throws IOException {
        for (Recording recording : perform(Order.of(scenario))) {
            assertThat(events(recording, TraceEvent.Message.class))
                    .allSatisfy(message -> assertThat(recording.places(message).stream()
                                    .mapToInt(piece -> piece.length())
                                    .sum())
                            .as(message.name())
                            .isEqualTo(message.message().length()));
        }
    }

    @Test
    void messageInTheClearStandsInItsRecordByteForByte() throws IOException {
        Recording recording = perform(Order.of(Scenario.FULL)).getLast();
        TraceEvent.Message hello =
                events(recording, TraceEvent.Message.class).findFirst().orElseThrow();

        assertThat(recording.places(hello)).hasSize(1);
        WireRecord carrier = recording.records().getFirst();
        assertThat(carrier.sender()).isEqualTo(Role.CLIENT);
        assertThat(carrier.bytes().slice(5, carrier.bytes().length() - 5)).isEqualTo(hello.message());
    }

    @Test
    void hostThatDoesNotExistIsAFinding() throws IOException {
        assertThat(diagnosis(failure(Order.remote("no-such-host.invalid", 443))).problem())
                .isEqualTo(Problem.UNKNOWN_HOST);
    }
}
