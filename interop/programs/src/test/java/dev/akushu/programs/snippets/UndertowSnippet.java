package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * Undertow 2.4. It takes an engine for too old for HTTP/2 if it does not name one suite of TLS 1.2, which Akushu never speaks; the
 * property makes server engines name it. Undertow holds the same against clients: who offers suites of TLS 1.3 alone gets HTTP/1.1 from it,
 * with any provider.
 */
public final class UndertowSnippet {
    private UndertowSnippet() {}

    // snippet: Undertow
    public static Undertow.Builder https(int port, KeyManager[] keys) throws GeneralSecurityException {
        System.setProperty(AkushuProvider.LIST_HTTP2_SUITE, "true"); // before the context is made
        SSLContext tls = SSLContext.getInstance("TLS", new AkushuProvider());
        tls.init(keys, null, null);
        return Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpsListener(port, "localhost", tls);
    }
    // end
}
