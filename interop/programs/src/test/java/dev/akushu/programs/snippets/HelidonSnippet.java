package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.WebClient;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;

/** Helidon 4. The provider is a setting of its TLS configuration, {@code tls.provider} in a file; it has to be registered, but need not be the first. */
public final class HelidonSnippet {
    private HelidonSnippet() {}

    // snippet: Helidon
    public static WebServerConfig.Builder https(int port, PrivateKey key, List<X509Certificate> chain) {
        Security.addProvider(new AkushuProvider());
        return WebServer.builder()
                .port(port)
                .tls(Tls.builder()
                        .provider(AkushuProvider.NAME)
                        .privateKey(key)
                        .privateKeyCertChain(chain)
                        .build());
    }

    public static WebClient client(List<X509Certificate> trusted) {
        Security.addProvider(new AkushuProvider());
        return WebClient.builder()
                .tls(Tls.builder().provider(AkushuProvider.NAME).trust(trusted).build())
                .build();
    }
    // end
}
