package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@link PkixTrust} before a judge that this project did not write: C2SP's x509-limbo, with Netflix's BetterTLS in it.
 * Where it decides otherwise than the judge, {@code limbo.json} says why.
 */
class LimboTest {
    private static final int ALL = 9_779;
    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";
    private static final String NOT_JUDGED = "not judged";

    @Test
    void everyVerdictIsTheJudgesOrHasAReason() throws IOException {
        List<LimboCase> cases = LimboCase.all();
        assertThat(cases).hasSize(ALL);

        Map<String, String> otherwise = cases.parallelStream()
                .filter(LimboTest::isOtherwise)
                .collect(Collectors.toMap(
                        LimboCase::id, LimboTest::outcome, (one, two) -> one, () -> new TreeMap<String, String>()));

        System.out.printf("x509-limbo: %d of %d as expected%n", ALL - otherwise.size(), ALL);
        // A case that has come to be as expected has to leave the list too.
        assertThat(otherwise).isEqualTo(listed());
        assertThat(ALL - otherwise.size()).isGreaterThan(9_700);
    }

    private static boolean isOtherwise(LimboCase limbo) {
        return !outcome(limbo).equals(limbo.shouldBeAccepted() ? ACCEPTED : REFUSED);
    }

    private static String outcome(LimboCase limbo) {
        if (limbo.limitsTheDepth()) {
            return NOT_JUDGED;
        }
        try {
            assertThat(limbo.trust().verify(limbo.peer())).as(limbo.id()).isNotEmpty();
            return ACCEPTED;
        } catch (TlsException e) {
            assertThat(e.problem().category()).as(limbo.id()).isEqualTo(Problem.Category.CERTIFICATE);
            assertThat(e.diagnosis().cause(Locale.JAPANESE)).as(limbo.id()).isNotBlank();
            return REFUSED;
        } catch (GeneralSecurityException e) {
            // The JDK cannot read one of the anchors or lists, so that nobody could trust by it at all.
            return REFUSED;
        }
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(LimboTest.class.getResourceAsStream("limbo.json"))) {
            for (Object entry : JSON.std.listFrom(in)) {
                Map<?, ?> fields = (Map<?, ?>) entry;
                assertThat((String) fields.get("reason")).isNotBlank();
                for (Object id : (List<?>) fields.get("cases")) {
                    assertThat(listed.put((String) id, (String) fields.get("outcome")))
                            .as("%s stands once", id)
                            .isNull();
                }
            }
        }
        return listed;
    }
}
