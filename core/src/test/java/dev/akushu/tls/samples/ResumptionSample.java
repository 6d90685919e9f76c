package dev.akushu.tls.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.nio.file.Path;

/** Connections that resume, and tickets that outlast the program. */
final class ResumptionSample {
    private ResumptionSample() {}

    // sample: resumption
    static String ask(TlsClient client, String host, int port) throws IOException { // the same client each time
        try (TlsConnection connection = client.connect(host, port)) {
            connection.output().write("hello".getBytes(UTF_8));
            connection.closeOutput();
            connection.input().readAllBytes(); // tickets come behind the handshake: who reads gets them
            TlsSession session = connection.session().orElseThrow();
            return session.resumed() ? "resumed" : "not resumed: " + session.notResumed();
        }
    }
    // end

    // sample: tickets in a file
    static TlsClient client(Path caFile, Path ticketFile) throws TlsException {
        return TlsClient.builder(Trust.pem(caFile))
                .tickets(TicketStore.file(ticketFile)) // made for its owner alone, if it is not there yet
                .build();
    }
    // end
}
