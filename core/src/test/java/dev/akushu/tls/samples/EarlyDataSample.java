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
            client.earlyInput().transferTo(client.halfRttOutput()); // may be a copy: only what may be done twice
            client.input().transferTo(client.output()); // never a copy, unless the client has sent it again
            return client.session().orElseThrow().earlyData();
        }
    }
    // end

    // sample: early data, client
    static byte[] ask(TlsClient client, String host, int port, byte[] question) throws IOException {
        EarlyData early = EarlyData.of(question).resendIfRefused(); // else it is lost when there is no ticket yet
        try (TlsConnection connection = client.connect(host, port, early)) {
            connection.closeOutput();
            byte[] answer = connection.input().readAllBytes();
            System.out.println(connection.session().orElseThrow().earlyData()); // outcome, bytes, whether sent again
            return answer;
        }
    }
    // end
}
