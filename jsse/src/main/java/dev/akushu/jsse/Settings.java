package dev.akushu.jsse;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import java.security.AlgorithmConstraints;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a program has set on one engine or socket. TLS 1.3 is all there is: older protocols and suites that programs name
 * beside it are left out, and only a choice that leaves nothing is refused. Not safe for use by many threads; its owner
 * guards it.
 */
final class Settings {
    /** The one protocol. */
    static final String TLS_1_3 = "TLSv1.3";

    private static final Set<String> OLDER_PROTOCOLS =
            Set.of("TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3", "SSLv2Hello", "SSLv2");

    private static final String HTTP2_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    private final Context context;
    private String[] suites;
    private ClientAuthentication clientAuthentication = ClientAuthentication.NONE;
    private @Nullable AlgorithmConstraints constraints;
    private String endpointIdentification = "";
    private @Nullable List<SNIServerName> serverNames;
    private List<SNIMatcher> matchers = List.of();
    private String[] applicationProtocols = {};
    private boolean suitesInOwnOrder = true;
    private boolean retransmissions = true;
    private int maximumPacketSize;
    private String @Nullable [] signatureSchemes;
    private String @Nullable [] namedGroups;
    private boolean sessionCreation = true;

    Settings(Context context) {
        this.context = context;
        this.suites = supportedSuites(context);
        this.clientAuthentication = context.server().clientAuthentication();
    }

    /** All suites, by the names of JSSE, which are IANA's. */
    static String[] supportedSuites(Context context) {
        return context.server().capabilities().suites().stream()
                .map(CipherSuite::toString)
                .toArray(String[]::new);
    }

    /** A copy that goes its own way. */
    Settings copy() {
        Settings copy = new Settings(context);
        copy.apply(parameters());
        copy.sessionCreation = sessionCreation;
        return copy;
    }

    /** All of it, as a copy that is the caller's. */
    SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(suites.clone(), new String[] {TLS_1_3});
        switch (clientAuthentication) {
            case NONE -> parameters.setWantClientAuth(false);
            case WANTED -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
        parameters.setAlgorithmConstraints(constraints);
        parameters.setEndpointIdentificationAlgorithm(endpointIdentification.isEmpty() ? null : endpointIdentification);
        parameters.setServerNames(serverNames);
        parameters.setSNIMatchers(matchers.isEmpty() ? null : matchers);
        parameters.setApplicationProtocols(applicationProtocols);
        parameters.setUseCipherSuitesOrder(suitesInOwnOrder);
        parameters.setEnableRetransmissions(retransmissions);
        parameters.setMaximumPacketSize(maximumPacketSize == 0 ? AkushuEngine.PACKET_SIZE : maximumPacketSize);
        parameters.setSignatureSchemes(signatureSchemes);
        parameters.setNamedGroups(namedGroups);
        return parameters;
    }

    /** Takes over what {@code parameters} says; null leaves a thing unchanged, or as it is by default. */
    void apply(SSLParameters parameters) {
        if (parameters.getProtocols() != null) {
            protocols(parameters.getProtocols());
        }
        if (parameters.getCipherSuites() != null) {
            suites(parameters.getCipherSuites());
        }
        clientAuthentication(parameters.getNeedClientAuth(), parameters.getWantClientAuth());
        if (parameters.getAlgorithmConstraints() != null) {
            constraints = parameters.getAlgorithmConstraints();
        }
        if (parameters.getEndpointIdentificationAlgorithm() != null) {
            endpointIdentification = parameters.getEndpointIdentificationAlgorithm();
        }
        if (parameters.getServerNames() != null) {
            serverNames = parameters.getServerNames();
        }
        Collection<SNIMatcher> given = parameters.getSNIMatchers();
        if (given != null) {
            matchers = List.copyOf(given);
        }
        if (parameters.getApplicationProtocols() != null) {
            applicationProtocols = parameters.getApplicationProtocols();
        }
        suitesInOwnOrder = parameters.getUseCipherSuitesOrder();
        retransmissions = parameters.getEnableRetransmissions();
        maximumPacketSize = parameters.getMaximumPacketSize();
        signatureSchemes = parameters.getSignatureSchemes();
        namedGroups = parameters.getNamedGroups();
    }

    /** Refuses a choice without TLS 1.3; older versions beside it are left out. */
    void protocols(String @Nullable [] wanted) {
        if (wanted == null) {
            throw new IllegalArgumentException("protocols must not be null");
        }
        boolean current = false;
        for (String protocol : wanted) {
            if (protocol == null || !protocol.equals(TLS_1_3) && !OLDER_PROTOCOLS.contains(protocol)) {
                throw new IllegalArgumentException("there is no protocol " + protocol);
            }
            current |= protocol.equals(TLS_1_3);
        }
        if (!current) {
            throw new IllegalArgumentException("Akushu speaks TLSv1.3 only, and " + Arrays.toString(wanted)
                    + " does not hold it; for older versions use the provider SunJSSE");
        }
        if (wanted.length > 1) {
            context.tellOfOldNames(Arrays.toString(wanted));
        }
    }

    /** The suites of TLS 1.3 among {@code wanted}, in that order; others are left out, but what is no suite is refused. */
    void suites(String @Nullable [] wanted) {
        if (wanted == null) {
            throw new IllegalArgumentException("cipher suites must not be null");
        }
        for (String suite : wanted) {
            if (suite == null || !suite.startsWith("TLS_") && !suite.startsWith("SSL_")) {
                throw new IllegalArgumentException("there is no cipher suite " + suite);
            }
        }
        List<String> supported = List.of(supportedSuites(context));
        String[] left =
                Arrays.stream(wanted).filter(supported::contains).distinct().toArray(String[]::new);
        if (left.length == 0) {
            throw new IllegalArgumentException("Akushu speaks TLSv1.3 only, and " + Arrays.toString(wanted)
                    + " holds none of its cipher suites: " + supported);
        }
        if (left.length < wanted.length) {
            context.tellOfOldNames("cipher suites older than TLS 1.3");
        }
        suites = left;
    }

    String[] suites() {
        return suites.clone();
    }

    /** As {@link #suites()}, with the suite of TLS 1.2 that servers list for compatibility if they are told to. */
    String[] listedSuites(boolean client) {
        return client || !context.listsHttp2Suite() ? suites() : withHttp2Suite(suites);
    }

    /** All suites as they are listed. */
    String[] listedSupportedSuites() {
        String[] supported = supportedSuites(context);
        return context.listsHttp2Suite() ? withHttp2Suite(supported) : supported;
    }

    void clientAuthentication(boolean need, boolean want) {
        clientAuthentication =
                need ? ClientAuthentication.REQUIRED : want ? ClientAuthentication.WANTED : ClientAuthentication.NONE;
    }

    ClientAuthentication clientAuthentication() {
        return clientAuthentication;
    }

    @Nullable AlgorithmConstraints constraints() {
        return constraints;
    }

    /** The algorithm by which trust managers compare names, or null. */
    @Nullable String endpointIdentification() {
        return endpointIdentification.isEmpty() ? null : endpointIdentification;
    }

    /** Names to ask for by SNI; null if none were set, empty to ask for none. */
    @Nullable List<SNIServerName> serverNames() {
        return serverNames;
    }

    /** Names that follow from the host, unless the program sets others. */
    void impliedServerNames(List<SNIServerName> names) {
        if (serverNames == null) {
            serverNames = names;
        }
    }

    List<SNIMatcher> matchers() {
        return matchers;
    }

    String[] applicationProtocols() {
        return applicationProtocols.clone();
    }

    /** The size that no packet may exceed. */
    int maximumPacketSize() {
        return maximumPacketSize == 0
                ? AkushuEngine.PACKET_SIZE
                : Math.min(maximumPacketSize, AkushuEngine.PACKET_SIZE);
    }

    String @Nullable [] signatureSchemes() {
        return signatureSchemes;
    }

    String @Nullable [] namedGroups() {
        return namedGroups;
    }

    void sessionCreation(boolean allowed) {
        sessionCreation = allowed;
    }

    boolean sessionCreation() {
        return sessionCreation;
    }

    private static String[] withHttp2Suite(String[] suites) {
        String[] listed = Arrays.copyOf(suites, suites.length + 1);
        listed[suites.length] = HTTP2_SUITE;
        return listed;
    }
}
