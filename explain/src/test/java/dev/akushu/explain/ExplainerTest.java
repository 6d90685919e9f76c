package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
    private final Explainer english = new Explainer(Locale.ENGLISH);

    @ParameterizedTest
    @CsvSource({"en, CLIENT", "en, SERVER", "ja, CLIENT", "ja, SERVER"})
    void everyEventHasWordsWhicheverEndTellsIt(String language, Role role) {
        Explainer explainer = new Explainer(Locale.of(language));
        List<Explanation> explanations = new ArrayList<>();
        Story story = new Story(step -> explanations.add(explainer.explain(step)));
        List<TraceEvent> events = Events.all();

        events.forEach(story.observer(role)::on);

        assertThat(explanations).hasSize(events.size()).allSatisfy(explanation -> {
            assertThat(explanation.actor()).isNotBlank();
            assertThat(explanation.headline()).isNotBlank();
            assertThat(explanation.notes())
                    .allSatisfy(note -> assertThat(note.text()).isNotBlank());
        });
    }

    @Test
    void suiteIsToldWithWhatItWasChosenAmong() {
        Explanation explanation = explain(Scripts.full(), TraceEvent.SuiteChosen.class);

        assertThat(explanation.actor()).isEqualTo("server");
        assertThat(explanation.headline())
                .isEqualTo("chooses cipher suite TLS_AES_128_GCM_SHA256, out of 3 that both support");
        assertThat(texts(explanation, Note.Kind.AMONG))
                .containsExactly(
                        "Offered by the client: TLS_AES_128_GCM_SHA256, TLS_CHACHA20_POLY1305_SHA256,"
                                + " TLS_AES_256_GCM_SHA384",
                        "Supported by the server: TLS_AES_128_GCM_SHA256, TLS_CHACHA20_POLY1305_SHA256,"
                                + " TLS_AES_256_GCM_SHA384");
    }

    @Test
    void resumptionSaysWhatIsSkippedAndWhyThatIsSafe() {
        Explanation explanation = explain(Scripts.resumed(), TraceEvent.ResumptionDecided.class);

        assertThat(texts(explanation, Note.Kind.REASON))
                .anyMatch(text -> text.contains("Skipped: Certificate and CertificateVerify"))
                .anyMatch(text -> text.contains("Safe without a certificate"));
    }

    @Test
    void clientHelloWithATicketIsToldAsOne() {
        assertThat(explain(Scripts.resumed(), TraceEvent.Message.class).headline())
                .contains("pre-shared key");
        assertThat(explain(Scripts.full(), TraceEvent.Message.class).headline()).doesNotContain("pre-shared key");
    }

    @Test
    void secondClientHelloIsToldAsARepetition() {
        List<String> titles = Scripts.retried().steps().stream()
                .filter(step -> step.event() instanceof TraceEvent.Message message
                        && message.name().equals("ClientHello"))
                .map(step -> english.explain(step).headline())
                .toList();

        assertThat(titles).hasSize(2).element(1).asString().startsWith("The same offer once more");
    }

    @Test
    void certificateIsCalledByItsSubject() {
        assertThat(explain(Scripts.full(), TraceEvent.IdentityChosen.class).headline())
                .contains("CN=rsa");
    }

    @Test
    void whyACertificateWasChosenIsTold() {
        assertThat(texts(explain(Scripts.full(), TraceEvent.IdentityChosen.class), Note.Kind.REASON))
                .contains("It is for the name that the client asked for.");
    }

    @Test
    void everyCheckOfAChainIsARow() {
        Explanation explanation = explain(Scripts.full(), TraceEvent.PeerChainVerified.class);

        assertThat(texts(explanation, Note.Kind.DETAIL))
                .hasSize(4)
                .first()
                .asString()
                .startsWith("signature: CN=rsa. sha256WithRSAEncryption.");
    }

    @Test
    void aRememberedVerdictSaysFromWhenItIsAndThatNothingWasCheckedAnew() {
        Script script = Scripts.start().alone(Role.CLIENT, Scripts.chainRemembered());
        Explanation explanation = explain(script, TraceEvent.PeerChainVerified.class);

        assertThat(explanation.headline())
                .isEqualTo("accepts the chain of CN=rsa again, as it did at 2026-11-29T12:00:00Z");
        assertThat(texts(explanation, Note.Kind.REASON))
                .singleElement()
                .asString()
                .startsWith("Nothing was checked anew");
        assertThat(texts(explanation, Note.Kind.DETAIL))
                .hasSize(5)
                .first()
                .asString()
                .startsWith("remembered: CN=rsa. 2026-11-29T12:00:00Z.");
        Step step = script.steps().getLast();
        assertThat(new Explainer(Locale.JAPANESE).explain(step).headline())
                .isEqualTo("CN=rsa の証明書チェーンを、2026-11-29T12:00:00Z の判定のまま受け入れます");
    }

    @Test
    void failureTellsCauseNoticerAlertAndRemedy() {
        Explanation explanation = explain(Scripts.expiredCertificate(), TraceEvent.Failed.class);

        assertThat(explanation.headline()).isEqualTo("The handshake failed");
        assertThat(explanation.notes())
                .extracting(Note::kind)
                .containsExactly(Note.Kind.CAUSE, Note.Kind.NOTICED, Note.Kind.ALERT, Note.Kind.REMEDY);
        assertThat(texts(explanation, Note.Kind.CAUSE))
                .singleElement()
                .asString()
                .contains("CN=rsa");
        assertThat(texts(explanation, Note.Kind.NOTICED))
                .containsExactly("The client noticed, after CertificateVerify.");
        assertThat(texts(explanation, Note.Kind.ALERT))
                .containsExactly("certificate_expired (45) tells the server, without the details.");
    }

    @Test
    void refusedChainTellsWhichChecksHadPassedAndWhichWereLeft() {
        Explanation explanation =
                explain(Scripts.start().alone(Role.CLIENT, Events.refusedChain()), TraceEvent.Failed.class);

        assertThat(texts(explanation, Note.Kind.DETAIL))
                .containsExactly(
                        "Checks of the chain that passed before: validity period of CN=rsa, trust anchor of CN=root.",
                        "Checks that were not reached: revocation of CN=rsa.");
    }

    @Test
    void alertOfThePeerIsToldWithItsUsualCauses() {
        List<Explanation> told = new ArrayList<>();
        Scripts.expiredCertificate().play(Role.SERVER, step -> {
            if (step.event() instanceof TraceEvent.Failed) {
                told.add(english.explain(step));
            }
        });

        assertThat(told)
                .singleElement()
                .satisfies(failure -> assertThat(texts(failure, Note.Kind.DETAIL))
                        .singleElement()
                        .asString()
                        .startsWith("Usual causes: a renewal that was forgotten"));
    }

    @Test
    void closeNotifyIsNotToldAsAFault() {
        List<Explanation> told = new ArrayList<>();
        Story story = new Story(step -> told.add(english.explain(step)));
        story.observer(Role.CLIENT).on(new TraceEvent.Alert(Flow.SENT, AlertDescription.CLOSE_NOTIFY.code(), false));

        assertThat(told)
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.notes()).extracting(Note::kind).containsExactly(Note.Kind.REASON));
    }

    @Test
    void earlyDataIsToldWithItsDangers() {
        List<Explanation> told = new ArrayList<>();
        Story story = new Story(step -> told.add(english.explain(step)));
        var client = story.observer(Role.CLIENT);
        client.on(new TraceEvent.KeysChanged(Flow.SENT, Protection.EARLY, 0));
        client.on(new TraceEvent.ApplicationData(Flow.SENT, 20, Protection.EARLY));

        assertThat(texts(told.getLast(), Note.Kind.CONFUSION))
                .singleElement()
                .asString()
                .contains("forward secrecy");
    }

    @Test
    void halfRttDataIsToldToGoToNobodyWhoIsKnown() {
        List<Explanation> told = new ArrayList<>();
        Story story = new Story(step -> told.add(english.explain(step)));
        var server = story.observer(Role.SERVER);
        server.on(new TraceEvent.KeysChanged(Flow.SENT, Protection.APPLICATION, 0));
        server.on(new TraceEvent.ApplicationData(Flow.SENT, 20, Protection.APPLICATION, true, false));

        assertThat(texts(told.getLast(), Note.Kind.REASON))
                .singleElement()
                .asString()
                .startsWith("Half-RTT data");
        assertThat(texts(told.getLast(), Note.Kind.CONFUSION))
                .singleElement()
                .asString()
                .contains("nobody has authenticated");
    }

    private Explanation explain(Script script, Class<? extends TraceEvent> first) {
        return script.steps().stream()
                .filter(step -> first.isInstance(step.event()))
                .findFirst()
                .map(english::explain)
                .orElseThrow();
    }

    private static List<String> texts(Explanation explanation, Note.Kind kind) {
        return explanation.notes().stream()
                .filter(note -> note.kind() == kind)
                .map(Note::text)
                .toList();
    }
}
