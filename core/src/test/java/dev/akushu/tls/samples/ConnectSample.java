package dev.akushu.tls.samples;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The samples in the Javadoc and the READMEs; {@code SamplesTest} runs them. */
final class ConnectSample {
    private ConnectSample() {}

    static String connect(Path caFile, String host, int port) throws IOException {
        // @start region="connect"
        TlsClient client =
                TlsClient.builder(Trust.pem(caFile)).build(); // one for all connections: it keeps the tickets
        try (TlsConnection connection = client.connect(host, port)) {
            connection.output().write("hello".getBytes(StandardCharsets.UTF_8));
            connection.closeOutput(); // close_notify: we are done, but still listen
            byte[] answer = connection.input().readAllBytes();
            System.out.println(connection.session().orElseThrow());
            // @end
            return new String(answer, StandardCharsets.UTF_8);
        }
    }
}
