package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Identity;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Policy;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real handshake asks and says by its extensions is told where it happens, and not where it does not. */
class ExtensionWordsTest {
    private static Loopback loopback;
    private static Loopback mustStaple;

    @BeforeAll
    static void issueCertificates() throws Exception {
        loopback = Loopback.create();
        mustStaple = Loopback.create(true);
    }

    @ParameterizedTest
    @CsvSource({"true, en, drew by chance", "true, ja, 無作為に", "false, en, drew by chance", "false, ja, 無作為に"})
    void anOrderOfChanceIsToldOfAClientHelloThatHasOne(boolean permutes, String language, String words)
            throws Exception {
        TlsClient client = loopback.client(loopback.trust())
                .policy(Policy.MODERN_2026_11.withKeyShares(List.of()))
                .permuteExtensions(permutes)
                .build();

        List<Step> steps = Loopback.tell(loopback.server(), client, _ -> {});

        assertThat(told(steps, language, words))
                .containsExactlyElementsOf(permutes ? List.of("ClientHello", "ClientHello") : List.of());
    }

    @ParameterizedTest
    @CsvSource({"en, inside certificates; signature_algorithms", "ja, 証明書の中の署名として"})
    void schemesForCertificatesAreToldWhereTheyDiffer(String language, String words) throws Exception {
        List<Step> steps = asked(loopback.server());
        Policy same = new Policy(
                "same",
                Policy.MODERN_2026_11.suites(),
                Policy.MODERN_2026_11.groups(),
                Policy.MODERN_2026_11.keyShares(),
                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256),
                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256));
        List<Step> without = Loopback.tell(
                loopback.server(),
                loopback.client(loopback.trust()).policy(same).build(),
                _ -> {});

        assertThat(told(steps, language, words)).containsExactly("ClientHello", "CertificateRequest");
        assertThat(told(without, language, words)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"en, must have: keyUsage.", "ja, 値を伝えます: keyUsage。"})
    void filtersAreToldWithWhatTheyAskFor(String language, String words) throws Exception {
        List<Step> steps = asked(loopback.server().clientCertificateFilters(OidFilter.keyUsage("digitalSignature")));
        List<Step> without = asked(loopback.server());

        assertThat(told(steps, language, words)).containsExactly("CertificateRequest");
        assertThat(told(without, language, "oid_filters")).isEmpty();
    }

    @Test
    void aFilterThatNobodyKnowsIsToldByItsBytes() {
        // Ours asks for nothing without a rule. One filter, for 1.2.3.4 with any value, behind signature_algorithms.
        Bytes request = Bytes.fromHex("0d000019000016000d0004000204030030000a00080506032a03040000");
        List<Step> steps = new ArrayList<>();
        Story story = new Story(steps::add);

        story.observer(Role.CLIENT)
                .on(new TraceEvent.Message(
                        Flow.RECEIVED,
                        HandshakeType.CERTIFICATE_REQUEST,
                        "CertificateRequest",
                        Protection.HANDSHAKE,
                        request));

        assertThat(told(steps, "en", "must have: 06032a0304.")).containsExactly("CertificateRequest");
    }

    @ParameterizedTest
    @CsvSource({
        "en, It asks for an OCSP response, stands an OCSP response, Nothing was learned",
        "ja, OCSP 応答を添えるよう求めています, OCSP 応答が添えられています, 何も分かりませんでした"
    })
    void aStapledResponseIsToldWhereItIsAskedForAndWhereItStands(
            String language, String asks, String stands, String unproved) throws Exception {
        Bytes response = loopback.ocspResponse(Instant.now());

        List<Step> steps = tell(stapling(loopback, response), loopback);
        List<Step> without = tell(loopback.server(), loopback);

        assertThat(told(steps, language, asks)).containsExactly("ClientHello");
        assertThat(told(steps, language, stands)).containsExactly("Certificate");
        assertThat(notes(steps, language, ExtensionWordsTest::isVerified))
                .anyMatch(note -> note.contains("OCSP, stapled"))
                .noneMatch(note -> note.contains(unproved));
        assertThat(told(without, language, stands)).isEmpty();
        assertThat(notes(without, language, ExtensionWordsTest::isVerified)).noneMatch(note -> note.contains(unproved));
    }

    @ParameterizedTest
    @CsvSource({"en, Nothing was learned", "ja, 何も分かりませんでした"})
    void aStapledResponseThatProvesNothingIsToldAsPassedOver(String language, String unproved) throws Exception {
        Bytes old = loopback.ocspResponse(Instant.now().minus(Duration.ofDays(9)));

        List<Step> steps = tell(stapling(loopback, old), loopback);

        assertThat(notes(steps, language, ExtensionWordsTest::isVerified))
                .anyMatch(note -> note.contains(unproved))
                .noneMatch(note -> note.contains("OCSP, stapled"));
    }

    @ParameterizedTest
    @CsvSource({"en, must-staple", "ja, must-staple"})
    void aCertificateThatDemandsAResponseIsToldAsSuch(String language, String words) throws Exception {
        List<Step> steps = tell(stapling(mustStaple, mustStaple.ocspResponse(Instant.now())), mustStaple);
        List<Step> refused = tell(mustStaple.server(), mustStaple);
        List<Step> without = tell(loopback.server(), loopback);

        assertThat(told(steps, language, words)).containsExactly("Certificate");
        assertThat(told(refused, language, words)).containsExactly("Certificate");
        assertThat(refused).anyMatch(step -> step.event() instanceof TraceEvent.Failed);
        assertThat(told(without, language, words)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"en, Made short on purpose", "ja, わざと短くしています"})
    void recordsThatGrowAreToldWithTheReasonUntilTheyAreFull(String language, String words) throws Exception {
        Explainer explainer = new Explainer(Locale.of(language));
        RecordPolicy growing = RecordPolicy.DEFAULT.withGrowing(true);

        List<Step> steps = Loopback.tell(
                        loopback.server().records(RecordPolicy.DEFAULT.withGrowing(false)),
                        loopback.client(loopback.trust()).records(growing).build(),
                        _ -> {},
                        1,
                        new byte[6_500])
                .getFirst();

        // The last of them ends because there is no more.
        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.ApplicationData)
                .extracting(
                        step -> ((TraceEvent.ApplicationData) step.event()).length(),
                        step -> explainer.explain(step).notes().stream()
                                .anyMatch(note -> note.text().contains(words)))
                .startsWith(tuple(1_300, true), tuple(2_600, true), tuple(2_600, false))
                .filteredOn(told -> told.toList().getLast().equals(true))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aPolicyIsNamedWhereItDecides(String language) throws Exception {
        Explainer explainer = new Explainer(Locale.of(language));

        List<Step> steps = tell(loopback.server().policy(Policy.NIST_2026_11), loopback);

        assertThat(steps)
                .filteredOn(step -> explainer.explain(step).notes().stream()
                        .anyMatch(note -> note.text().contains("NIST_2026_11")))
                .extracting(step -> step.event().getClass().getSimpleName())
                .containsExactly("SuiteChosen", "GroupChosen");
        assertThat(explainer.explain(steps.getFirst()).notes())
                .extracting(Note::text)
                .singleElement()
                .asString()
                .contains("MODERN_2026_11");
    }

    private static List<Step> asked(TlsServer.Builder server) throws Exception {
        server.clientAuthentication(ClientAuthentication.WANTED, loopback.trust());
        return tell(server, loopback);
    }

    private static List<Step> tell(TlsServer.Builder server, Loopback of) throws Exception {
        return Loopback.tell(server, of.client(of.trust()).build(), _ -> {});
    }

    private static TlsServer.Builder stapling(Loopback of, Bytes response) {
        Identity identity = of.identity().withOcspResponse(() -> Optional.of(response));
        return TlsServer.builder(identity).applicationProtocols("http/1.1");
    }

    /** The messages with a note that has these words. */
    private static List<String> told(List<Step> steps, String language, String words) {
        Explainer explainer = new Explainer(Locale.of(language));
        return steps.stream()
                .filter(step -> step.event() instanceof TraceEvent.Message
                        && explainer.explain(step).notes().stream()
                                .anyMatch(note -> note.text().contains(words)))
                .map(step -> ((TraceEvent.Message) step.event()).name())
                .toList();
    }

    private static List<String> notes(List<Step> steps, String language, Predicate<Step> which) {
        Explainer explainer = new Explainer(Locale.of(language));
        List<String> notes = steps.stream()
                .filter(which)
                .flatMap(step -> explainer.explain(step).notes().stream())
                .map(Note::text)
                .toList();
        assertThat(notes).isNotEmpty();
        return notes;
    }

    private static boolean isVerified(Step step) {
        return step.event() instanceof TraceEvent.PeerChainVerified;
    }
}
