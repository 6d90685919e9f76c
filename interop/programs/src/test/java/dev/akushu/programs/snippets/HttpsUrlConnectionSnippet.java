package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's oldest HTTP client. */
public final class HttpsUrlConnectionSnippet {
    private HttpsUrlConnectionSnippet() {}

    // snippet: HttpsURLConnection
    /** A context for all connections: they resume each other's sessions only if they share one. */
    public static SSLContext context(TrustManager @Nullable [] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", new AkushuProvider());
        context.init(null, trust, null);
        return context;
    }

    /** A connection to {@code uri}. */
    public static HttpsURLConnection open(URI uri, SSLContext context) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        return connection;
    }
    // end
}
