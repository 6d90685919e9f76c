package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine really tells makes a story that holds together. */
class RealHandshakeTest {
    private static Loopback loopback;

    @BeforeAll
    static void issueCertificates() throws Exception {
        loopback = Loopback.create();
    }

    @Test
    void fullHandshakeIsToldInOrderAndEachMessageOnce() throws Exception {
        List<Step> steps = tell(loopback.client(loopback.trust()).build());

        assertThat(messages(steps))
                .startsWith(
                        "ClientHello by CLIENT",
                        "ServerHello by SERVER",
                        "EncryptedExtensions by SERVER",
                        "Certificate by SERVER",
                        "CertificateVerify by SERVER",
                        "Finished by SERVER",
                        "Finished by CLIENT");
        assertThat(names(steps))
                .containsSubsequence(
                        "Message by CLIENT",
                        "SuiteChosen by SERVER",
                        "Message by SERVER",
                        "PeerChainVerified by CLIENT",
                        "FinishedChecked by CLIENT",
                        "FinishedChecked by SERVER",
                        "HandshakeDone by SERVER",
                        "TicketSealed by SERVER",
                        "TicketReceived by CLIENT");
        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.HandshakeDone)
                .hasSize(1);
        assertThat(steps.getLast().situation().roundTrips()).isEqualTo(1);
    }

    @Test
    void secondConnectionIsToldAsAResumption() throws Exception {
        TlsClient client = loopback.client(loopback.trust()).build();

        List<Step> steps = Loopback.tell(loopback.server(), client, _ -> {}, 2).getLast();

        assertThat(steps).extracting(Step::event).contains(new TraceEvent.ResumptionDecided(null));
        assertThat(messages(steps))
                .startsWith(
                        "ClientHello by CLIENT",
                        "ServerHello by SERVER",
                        "EncryptedExtensions by SERVER",
                        "Finished by SERVER",
                        "Finished by CLIENT");
        assertThat(steps.getLast().situation().resumed()).isTrue();
    }

    @Test
    void aProtocolThatIsCalledLikeAModeOfKeysIsNone() throws Exception {
        Explainer explainer = new Explainer(Locale.ENGLISH);

        List<Step> steps = tell(loopback.client(loopback.trust())
                .applicationProtocols("psk_ke", "h2")
                .build());

        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.Message)
                .flatExtracting(step -> explainer.explain(step).notes())
                .extracting(Note::text)
                .isNotEmpty()
                .noneMatch(text -> text.contains("the key exchange out"));
    }

    @ParameterizedTest
    @CsvSource({"en, forward secrecy, key share keeps", "ja, 前方秘匿性, 新しい鍵共有値が"})
    void whatDoesWithoutAKeyExchangeIsSaidToHaveNoForwardSecrecy(String language, String lost, String kept)
            throws Exception {
        ExternalPsk lamp = ExternalPsk.of("lamp", new byte[32]);
        Explainer explainer = new Explainer(Locale.of(language));
        Policy x25519 =
                Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519)).dangerWithPskKe();
        Policy p256 =
                Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.SECP256R1)).dangerWithPskKe();

        List<Step> steps = Loopback.tell(
                loopback.server().policy(p256).externalPsks(PskSource.of(List.of(lamp))),
                loopback.client(loopback.trust())
                        .policy(x25519)
                        .externalPsks(lamp)
                        .build(),
                _ -> {});

        assertThat(names(steps))
                .containsOnlyOnce("KeyExchangeOmitted by SERVER")
                .doesNotContain("KeyExchangeOmitted by CLIENT");
        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.KeyExchangeOmitted
                        || step.event() instanceof TraceEvent.ExternalPskChosen
                        || step.event() instanceof TraceEvent.HandshakeDone)
                .hasSize(3)
                .allSatisfy(step -> assertThat(explainer.explain(step).notes())
                        .extracting(Note::text)
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(lost)));
        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.Message)
                .noneMatch(step -> explainer.explain(step).headline().contains(kept));
    }

    @ParameterizedTest
    @CsvSource({"en, private key that belongs to, certificate's", "ja, 対の秘密鍵, 証明書の秘密鍵"})
    void aProofByAPublicKeyAloneIsNotToldAsACertificates(String language, String told, String wrong) throws Exception {
        Identity alone = loopback.identity().withoutCertificates();
        Explainer explainer = new Explainer(Locale.of(language));

        List<Step> steps = Loopback.tell(
                TlsServer.builder(alone).rawClientAuthentication(ClientAuthentication.REQUIRED, loopback.rawKeyTrust()),
                TlsClient.rawKeyBuilder(loopback.rawKeyTrust()).identity(alone).build(),
                _ -> {});

        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.Message message
                        && message.name().equals("CertificateVerify"))
                .hasSize(2)
                .allSatisfy(step -> {
                    Explanation explanation = explainer.explain(step);
                    assertThat(explanation.headline()).contains(told).doesNotContain(wrong);
                    assertThat(explanation.notes()).extracting(Note::text).noneMatch(text -> text.contains(wrong));
                });
    }

    @Test
    void retryCostsARoundTripInTheStoryToo() throws Exception {
        TlsClient client = loopback.client(loopback.trust())
                .policy(Policy.MODERN_2026_11.withKeyShares(List.of(NamedGroup.X25519)))
                .build();
        var server = loopback.server().policy(Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.SECP256R1)));

        List<Step> steps = Loopback.tell(server, client, _ -> {});

        assertThat(messages(steps))
                .startsWith(
                        "ClientHello by CLIENT",
                        "HelloRetryRequest by SERVER",
                        "ClientHello by CLIENT",
                        "ServerHello by SERVER");
        assertThat(steps.getLast().situation().roundTrips()).isEqualTo(2);
    }

    @Test
    void refusalIsToldByTheEndThatNoticed() throws Exception {
        Loopback other = Loopback.create();

        List<Step> steps = tell(loopback.client(other.trust()).build());

        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.Failed)
                .first()
                .satisfies(step -> {
                    assertThat(step.teller()).isEqualTo(Role.CLIENT);
                    assertThat(step.situation().lastMessage()).isEqualTo("CertificateVerify");
                });
    }

    @Test
    void missingClientCertificateIsToldAsNoticedByTheServer() throws Exception {
        var server = loopback.server()
                .clientAuthentication(ClientAuthentication.REQUIRED, Trust.dangerAcceptAnyCertificate());

        List<Step> steps =
                Loopback.tell(server, loopback.client(loopback.trust()).build(), _ -> {});

        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.Failed)
                .first()
                .satisfies(step -> assertThat(step.teller()).isEqualTo(Role.SERVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void narrationFitsTheTerminalAndNamesTheGroup(String language) throws Exception {
        List<String> lines = new ArrayList<>();
        Look look = Look.plain(Locale.of(language)).withVerbose(true);

        Loopback.tell(
                loopback.server(), loopback.client(loopback.trust()).build(), new TerminalNarrator(look, lines::add));

        assertThat(lines).allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(look.width()));
        assertThat(lines).anyMatch(line -> line.contains("X25519MLKEM768"));
    }

    @ParameterizedTest
    @CsvSource({"true, en, mean nothing", "true, ja, 意味がありません", "false, en, mean nothing", "false, ja, 意味がありません"})
    void valuesThatMeanNothingAreToldAsSuch(boolean grease, String language, String words) throws Exception {
        Explainer explainer = new Explainer(Locale.of(language));
        List<String> notes = new ArrayList<>();

        Loopback.tell(
                loopback.server().grease(grease),
                loopback.client(loopback.trust()).grease(grease).build(),
                step -> explainer.explain(step).notes().forEach(note -> notes.add(note.text())));

        assertThat(notes.stream().anyMatch(note -> note.contains(words))).isEqualTo(grease);
    }

    private static List<Step> tell(TlsClient client) throws Exception {
        return Loopback.tell(loopback.server(), client, _ -> {});
    }

    private static List<String> messages(List<Step> steps) {
        return steps.stream()
                .filter(step -> step.event() instanceof TraceEvent.Message)
                .map(step -> ((TraceEvent.Message) step.event()).name() + " by " + step.teller())
                .toList();
    }

    private static List<String> names(List<Step> steps) {
        return steps.stream()
                .map(step -> step.event().getClass().getSimpleName() + " by " + step.teller())
                .toList();
    }
}
