package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's own HTTP client. */
public final class HttpClientSnippet {
    private HttpClientSnippet() {}

    // snippet: HttpClient
    /** A client that trusts as {@code trust} says, or by the JVM's own trust store if it is null. */
    public static HttpClient client(TrustManager @Nullable [] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", new AkushuProvider());
        context.init(null, trust, null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
    // end
}
