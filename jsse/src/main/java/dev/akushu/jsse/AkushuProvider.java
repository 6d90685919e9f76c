package dev.akushu.jsse;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContextSpi;
import org.jspecify.annotations.Nullable;

/**
 * The security provider {@code Akushu}: SSLContext {@code TLS}, {@code TLSv1.3}, {@code SSL} and {@code Default}, all of
 * which speak TLS 1.3 and nothing else. Key and trust managers stay those of the JDK, so key stores, {@code cacerts} and
 * the properties around them mean what they always did.
 *
 * <p>Use it for one context, {@code SSLContext.getInstance("TLS", new AkushuProvider())}, or for a whole JVM,
 * {@code Security.insertProviderAt(new AkushuProvider(), 1)}.
 */
public final class AkushuProvider extends Provider {
    /** The provider's name. */
    public static final String NAME = "Akushu";

    /**
     * A system property. If it is {@code true} when a context is made, the context's server engines name
     * {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} among their cipher suites, which they never speak: Undertow offers HTTP/2 only
     * over engines that name this suite of TLS 1.2.
     */
    public static final String LIST_HTTP2_SUITE = "dev.akushu.jsse.listHttp2Suite";

    private static final long serialVersionUID = 1L;

    /** A new provider; it does nothing before a context is asked for. */
    public AkushuProvider() {
        super(NAME, "0.1", "TLS 1.3 (RFC 9846) that explains itself");
        putService(new ContextService(this, "TLS", List.of("SSL"), ContextSpi::new));
        putService(new ContextService(this, "TLSv1.3", List.of(), ContextSpi::new));
        putService(new ContextService(this, "Default", List.of(), DefaultContextSpi::new));
    }

    /** An SSLContext by one name; made without reflection, so that nothing has to be opened or registered for it. */
    private static final class ContextService extends Service {
        private final Supplier<SSLContextSpi> maker;

        ContextService(Provider provider, String algorithm, List<String> aliases, Supplier<SSLContextSpi> maker) {
            super(provider, "SSLContext", algorithm, ContextSpi.class.getName(), aliases, null);
            this.maker = maker;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            if (parameter != null) {
                throw new NoSuchAlgorithmException("SSLContext takes no parameter");
            }
            try {
                return maker.get();
            } catch (IllegalStateException unusable) {
                throw new NoSuchAlgorithmException(unusable.getMessage(), unusable);
            }
        }
    }
}
