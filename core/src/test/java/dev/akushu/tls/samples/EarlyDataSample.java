package dev.akushu.tls.samples;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import java.io.IOException;

/** Data that a client sends before the server has answered. */
final class EarlyDataSample {
    private EarlyDataSample() {}

    // sample: early data, server
    static TlsServer server(Identity identity) {
        return TlsServer.builder(identity).earlyData(16_384).build(); // so many bytes a connection at most
    }

    static EarlyDataReport serve(TlsConnection client) throws IOException {
        try (client) {
            byte[] early = client.earlyInput().readAllBytes(); // empty if there is none, or none was accepted
            if (early.length > 0) {
                client.halfRttOutput().write(early); // it may be a copy: do only what may be done twice
            }
            client.input().transferTo(client.output()); // never a copy, unless the client has sent it again
            return client.session().orElseThrow().earlyData();
        }
    }
    // end

    // sample: early data, client
    static EarlyDataReport ask(TlsClient client, String host, int port, byte[] question) throws IOException {
        EarlyData early = EarlyData.of(question).resendIfRefused(); // else it is lost when there is no ticket yet
        try (TlsConnection connection = client.connect(host, port, early)) {
            connection.closeOutput();
            byte[] answer = connection.input().readAllBytes();
            System.out.println(answer.length + " bytes, early data " + connection.earlyData());
            return connection.session().orElseThrow().earlyData(); // outcome, bytes, and whether it was sent again
        }
    }
    // end
}
