package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** OkHttp, which speaks HTTP/2 by itself where the server does. */
public final class OkHttpSnippet {
    private OkHttpSnippet() {}

    // snippet: OkHttp
    /** A client that trusts as {@code trust} says. */
    public static OkHttpClient client(X509TrustManager trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", new AkushuProvider());
        context.init(null, new TrustManager[] {trust}, null);
        return new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), trust)
                .build();
    }
    // end
}
