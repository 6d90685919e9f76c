package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.ssl.SSLContexts;

/** Apache HttpClient 5, classic and asynchronous. */
public final class ApacheHttpClientSnippet {
    private ApacheHttpClientSnippet() {}

    // snippet: Apache HttpClient 5
    /** How both kinds of client speak TLS; trusts what is in {@code trustStore}. */
    public static DefaultClientTlsStrategy tls(KeyStore trustStore) throws GeneralSecurityException {
        SSLContext context = SSLContexts.custom()
                .setProvider(new AkushuProvider())
                .loadTrustMaterial(trustStore, null)
                .build();
        return new DefaultClientTlsStrategy(context);
    }

    /** A classic client, by HTTP/1.1. */
    public static CloseableHttpClient classic(DefaultClientTlsStrategy tls) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create().setTlsSocketStrategy(tls);
        return HttpClients.custom().setConnectionManager(connections.build()).build();
    }

    /** An asynchronous client, by HTTP/2 where the server speaks it. */
    public static CloseableHttpAsyncClient async(DefaultClientTlsStrategy tls) {
        var connections = PoolingAsyncClientConnectionManagerBuilder.create().setTlsStrategy(tls);
        return HttpAsyncClients.custom()
                .setConnectionManager(connections.build())
                .build();
    }
    // end
}
