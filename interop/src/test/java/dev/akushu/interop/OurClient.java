package dev.akushu.interop;

import dev.akushu.interop.peer.RunningServer;
import dev.akushu.interop.peer.RunningServer.Answer;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Our client against a peer's server. */
final class OurClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OurClient() {}

    /**
     * Connects, sends the request, takes the whole answer, and closes.
     *
     * @param keyUpdate whether both directions change keys before the request
     */
    static Exchange exchange(TlsClient client, RunningServer server, boolean keyUpdate) throws IOException {
        try (TlsConnection connection = client.connect("localhost", server.port())) {
            connection.readTimeout(PATIENCE);
            if (keyUpdate) {
                connection.updateKeys(true);
            }
            connection.output().write(RunningServer.REQUEST.getBytes(StandardCharsets.US_ASCII));
            String reply = reply(connection, server.answer());
            return new Exchange(connection.session().orElseThrow(), reply);
        }
    }

    private static String reply(TlsConnection connection, Answer answer) throws IOException {
        InputStream in = connection.input();
        if (answer == Answer.HTTP) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        String echo = new String(in.readNBytes(RunningServer.REQUEST.length()), StandardCharsets.US_ASCII);
        connection.closeOutput();
        in.readAllBytes();
        return echo;
    }

    /**
     * What came of a connection.
     *
     * @param session its facts
     * @param reply all that the server answered
     */
    record Exchange(TlsSession session, String reply) {}
}
