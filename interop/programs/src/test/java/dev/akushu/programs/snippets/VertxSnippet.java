package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.Security;

/** Vert.x 5. It has no setting for the provider, so Akushu becomes the first of the JVM; clients use it then too. */
public final class VertxSnippet {
    private VertxSnippet() {}

    // snippet: Vert.x
    public static HttpServer https(Vertx vertx, String key, String certificate) {
        Security.insertProviderAt(new AkushuProvider(), 1); // before the first server or client
        return vertx.createHttpServer(new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions().addKeyPath(key).addCertPath(certificate)));
    }
    // end
}
