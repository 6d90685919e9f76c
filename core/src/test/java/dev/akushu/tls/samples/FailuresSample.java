package dev.akushu.tls.samples;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import java.util.Locale;

/** What a program tells of a failure, and does about it. */
final class FailuresSample {
    private FailuresSample() {}

    // sample: a failure in words
    static String connect(TlsClient client, String host, int port, Locale language) {
        try (TlsConnection connection = client.connect(host, port)) {
            return "connected by " + connection.session().orElseThrow().suite();
        } catch (TlsException failed) {
            Diagnosis diagnosis = failed.diagnosis();
            return diagnosis.cause(language) + "\n" + diagnosis.remedy(language);
        }
    }
    // end

    // sample: telling failures apart
    static String whatToDo(TlsException failed) {
        Diagnosis diagnosis = failed.diagnosis();
        return switch (failed.problem()) {
            case UNKNOWN_HOST, CONNECT_FAILED, TIMED_OUT -> "try again later";
            case CERTIFICATE_EXPIRED -> "have it renewed: it ended at " + diagnosis.fact("notAfter");
            case HOST_NAME_MISMATCH -> "use one of its names: " + diagnosis.fact("names");
            case ALERT_RECEIVED -> "ask the server's operator about " + diagnosis.fact("alert");
            default ->
                failed.problem().category() == Problem.Category.CERTIFICATE
                        ? "do not trust this server"
                        : "report it: " + failed.getMessage();
        };
    }
    // end
}
