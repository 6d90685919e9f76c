package dev.akushu.jsse;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.NoSuchProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Who serves clients that offer no TLS 1.3: another provider's SSLContext, to which a server's connection is handed over
 * with all that has come from the client.
 */
final class OlderClients {
    /**
     * Names the provider that serves older clients, {@code SunJSSE} for instance: a system property, or else a security
     * property, in java.security. Without it such clients are refused.
     */
    static final String PROPERTY = "dev.akushu.jsse.olderClients";

    private static final int MAXIMUM_CHOICES = 64;
    private static final String OLDER_PROTOCOL = "TLSv1.2";
    private static final List<String> CURRENT_PROTOCOL = List.of(Settings.TLS_1_3);
    private static final List<String> CURRENT_SUITES =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

    private final SSLContext context;
    private final List<String> supportedProtocols;
    private final Set<String> supportedSuites;
    private final List<String> protocols;
    private final List<String> suites;
    private final List<String> currentSuites;
    // Whether there is protection, by what a program has chosen; the least recently used first.
    private final Map<List<@Nullable Object>, Boolean> protection = new LinkedHashMap<>(16, 0.75f, true);

    /** Older clients are served by {@code context}. */
    OlderClients(SSLContext context) {
        refuseOwn(context.getProvider().getName());
        this.context = context;
        SSLParameters supported = context.getSupportedSSLParameters();
        SSLParameters byDefault = context.getDefaultSSLParameters();
        this.supportedProtocols = older(supported.getProtocols());
        this.supportedSuites = Set.of(supported.getCipherSuites());
        this.protocols = older(byDefault.getProtocols());
        this.suites = List.of(byDefault.getCipherSuites());
        this.currentSuites =
                CURRENT_SUITES.stream().filter(supportedSuites::contains).toList();
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("a context that older clients are handed over to must have an older"
                    + " protocol enabled, and this one of "
                    + context.getProvider().getName() + " has "
                    + Arrays.toString(byDefault.getProtocols()) + ": make it by SSLContext.getInstance(\"TLS\", ...)");
        }
        SSLParameters chosen = new SSLParameters(concat(suites, currentSuites), concat(CURRENT_PROTOCOL, protocols));
        if (currentSuites.isEmpty() || !new DowngradeProtection(context, currentSuites).isThere(chosen)) {
            throw new IllegalArgumentException(
                    "older clients would not be protected against downgrades (RFC 9846 section 4.2.3), because the context of "
                            + context.getProvider().getName()
                            + " that they are handed over to cannot do TLSv1.3 itself: take TLSv1.3 and its cipher suites out"
                            + " of the security property jdk.tls.disabledAlgorithms");
        }
    }

    /**
     * By the property, with the managers that SSLContext.init is given; null if the property is not set.
     *
     * @throws KeyManagementException if there is no such provider, or it cannot use the managers
     */
    static @Nullable OlderClients ofProperty(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        String provider = System.getProperty(PROPERTY, Security.getProperty(PROPERTY));
        if (provider == null || provider.isBlank()) {
            return null;
        }
        try {
            refuseOwn(provider.trim());
            SSLContext context = SSLContext.getInstance("TLS", provider.trim());
            context.init(keys, trust, random);
            return new OlderClients(context);
        } catch (NoSuchProviderException unknown) {
            throw new KeyManagementException(
                    "the property " + PROPERTY + " names the provider " + provider
                            + ", which this JVM does not have; SunJSSE is the one that every JDK has",
                    unknown);
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new KeyManagementException(
                    "older clients cannot be handed over to the provider " + provider + ", as the property " + PROPERTY
                            + " says: " + unusable.getMessage(),
                    unusable);
        }
    }

    SSLContext context() {
        return context;
    }

    /** The older protocols that are enabled unless a program chooses. */
    List<String> protocols() {
        return protocols;
    }

    /** Every older protocol that can be enabled. */
    List<String> supportedProtocols() {
        return supportedProtocols;
    }

    /** The suites that are enabled unless a program chooses; those of TLS 1.3 among them. */
    List<String> suites() {
        return suites;
    }

    /** The suites of TLS 1.3 that there are. */
    List<String> currentSuites() {
        return currentSuites;
    }

    /** Whether there is such a suite. */
    boolean hasSuite(String name) {
        return supportedSuites.contains(name);
    }

    /** Every suite that can be enabled. */
    List<String> supportedSuites() {
        return List.of(context.getSupportedSSLParameters().getCipherSuites());
    }

    /**
     * A server's engine with these settings.
     *
     * @throws SSLHandshakeException if with them older clients would not be protected against downgrades
     */
    SSLEngine engine(Settings settings, @Nullable String host, int port) throws SSLHandshakeException {
        requireProtection(settings);
        SSLEngine engine = host == null ? context.createSSLEngine() : context.createSSLEngine(host, port);
        engine.setUseClientMode(false);
        engine.setSSLParameters(settings.ofOlderClients(this));
        engine.setEnableSessionCreation(settings.sessionCreation());
        return engine;
    }

    /**
     * Gives a server's socket these settings.
     *
     * @throws SSLHandshakeException as {@link #engine}
     */
    void configure(SSLSocket socket, Settings settings) throws SSLHandshakeException {
        requireProtection(settings);
        socket.setUseClientMode(false);
        socket.setSSLParameters(settings.ofOlderClients(this));
        socket.setEnableSessionCreation(settings.sessionCreation());
    }

    /** What to tell the program if the other provider is {@code unable} to take a client over. */
    SSLException unable(RuntimeException unable) {
        return new SSLException(
                "the client offers no TLSv1.3, and "
                        + context.getProvider().getName()
                        + ", which is to serve such clients, cannot take its connection over: " + unable
                        + "; the cause says where",
                unable);
    }

    /** Suites and protocols cannot take TLS 1.3 away, but all else that the other provider looks at may. */
    private void requireProtection(Settings settings) throws SSLHandshakeException {
        SSLParameters chosen = settings.ofOlderClients(this);
        boolean byDefault = chosen.getAlgorithmConstraints() == null
                && chosen.getNamedGroups() == null
                && chosen.getSignatureSchemes() == null;
        if (!byDefault && !isProtected(chosen)) {
            throw new SSLHandshakeException(
                    "the client offers no TLSv1.3 and would not be protected against downgrades (RFC 9846 section 4.2.3):"
                            + " by the algorithm constraints, named groups or signature schemes that are set, "
                            + context.getProvider().getName() + " cannot do TLSv1.3 itself; permit what it needs, or"
                            + " enable TLSv1.3 alone");
        }
    }

    private boolean isProtected(SSLParameters chosen) {
        List<@Nullable Object> key = Arrays.asList(
                chosen.getAlgorithmConstraints(), list(chosen.getNamedGroups()), list(chosen.getSignatureSchemes()));
        Boolean known;
        synchronized (protection) {
            known = protection.get(key);
        }
        if (known != null) {
            return known;
        }
        boolean there = new DowngradeProtection(context, currentSuites).isThere(chosen);
        synchronized (protection) {
            protection.put(key, there);
            if (protection.size() > MAXIMUM_CHOICES) {
                protection.remove(protection.keySet().iterator().next());
            }
        }
        return there;
    }

    private static @Nullable List<String> list(String @Nullable [] names) {
        return names == null ? null : List.of(names);
    }

    private static String[] concat(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).distinct().toArray(String[]::new);
    }

    private static void refuseOwn(String provider) {
        if (provider.equals(AkushuProvider.NAME)) {
            throw new IllegalArgumentException(
                    "Akushu speaks TLSv1.3 only; older clients need a context of another provider, such as SunJSSE");
        }
    }

    /** RFC 9846 E.5: nothing below TLS 1.2 MUST be negotiated, even where the JVM still allows it. */
    private static List<String> older(String[] protocols) {
        return Arrays.stream(protocols).filter(OLDER_PROTOCOL::equals).toList();
    }
}
