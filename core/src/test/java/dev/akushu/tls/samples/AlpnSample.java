package dev.akushu.tls.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import java.io.IOException;

/** Both ends agree on an application protocol. */
final class AlpnSample {
    private AlpnSample() {}

    // sample: ALPN, server
    static TlsServer server(Identity identity) {
        return TlsServer.builder(identity)
                .applicationProtocols("h2", "http/1.1") // the best first: the server decides
                .build();
    }

    static void serve(TlsConnection client) throws IOException {
        try (client) {
            client.handshake();
            String agreed = client.session().orElseThrow().applicationProtocol(); // null if the client has no ALPN
            client.output().write(("you speak " + (agreed == null ? "http/1.1" : agreed)).getBytes(UTF_8));
        }
    }
    // end

    // sample: ALPN, client
    static TlsClient client(Trust trust) {
        return TlsClient.builder(trust).applicationProtocols("h2", "http/1.1").build();
    }

    static String agreed(TlsConnection connection) {
        String agreed = connection.session().orElseThrow().applicationProtocol(); // null if the server has no ALPN
        return agreed == null ? "http/1.1" : agreed;
    }
    // end
}
