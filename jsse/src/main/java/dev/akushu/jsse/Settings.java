package dev.akushu.jsse;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Role;
import java.security.AlgorithmConstraints;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
    // What older clients may negotiate; empty unless they are handed over to another provider.
    private List<String> olderProtocols;
    private List<String> olderSuites;

    Settings(Context context) {
        this.context = context;
        this.suites = supportedSuites(context);
        this.clientAuthentication = context.server().clientAuthentication();
        OlderClients older = context.olderClients();
        this.olderProtocols = older == null ? List.of() : older.protocols();
        this.olderSuites = older == null ? List.of() : withoutOwn(older.suites());
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
        copy.apply(parameters(false));
        copy.maximumPacketSize = maximumPacketSize;
        copy.olderProtocols = olderProtocols;
        copy.olderSuites = olderSuites;
        copy.sessionCreation = sessionCreation;
        return copy;
    }

    /** All of it, as a copy that is the caller's; a client never has anything older than TLS 1.3. */
    SSLParameters parameters(boolean client) {
        SSLParameters parameters = new SSLParameters(
                client ? suites() : concat(suites, olderSuites), client ? new String[] {TLS_1_3} : protocols(false));
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

    /** As {@link #parameters(boolean)}, for an engine or socket in that role; null if it has none yet. */
    SSLParameters parameters(@Nullable Role role) {
        SSLParameters parameters = parameters(role == Role.CLIENT);
        if (role == Role.SERVER) {
            // Only clients compare names: a trust manager that found this at a server would look for the client's host.
            parameters.setEndpointIdentificationAlgorithm(null);
        }
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
        OlderClients older = context.olderClients();
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
        List<String> others = Arrays.stream(wanted)
                .filter(protocol -> !protocol.equals(TLS_1_3))
                .toList();
        olderProtocols = older == null
                ? List.of()
                : others.stream().filter(older.supportedProtocols()::contains).toList();
        if (olderProtocols.size() < others.size()) {
            context.tellOfOldNames(Arrays.toString(wanted));
        }
    }

    /** The protocols that are enabled: for a server also those of the clients that it hands over. */
    String[] protocols(boolean client) {
        return client ? new String[] {TLS_1_3} : concat(new String[] {TLS_1_3}, olderProtocols);
    }

    /** All protocols that can be enabled. */
    String[] listedSupportedProtocols() {
        OlderClients older = context.olderClients();
        return concat(new String[] {TLS_1_3}, older == null ? List.of() : older.supportedProtocols());
    }

    /** Whether a server hands clients that offer no TLS 1.3 over, and has left them something to negotiate. */
    boolean handsOver() {
        return context.olderClients() != null && !olderProtocols.isEmpty() && !olderSuites.isEmpty();
    }

    /**
     * The same for the engine or socket that serves an older client. TLS 1.3 stays enabled there, with all suites that the
     * other provider has for it, whichever the program has chosen here: only a server that has it marks its random
     * against downgrades (RFC 9846 section 4.2.3), and the client has not offered it.
     */
    SSLParameters ofOlderClients(OlderClients older) {
        SSLParameters parameters = parameters(false);
        String[] known = Stream.concat(
                        Arrays.stream(parameters.getCipherSuites()).filter(older::hasSuite),
                        older.currentSuites().stream())
                .distinct()
                .toArray(String[]::new);
        parameters.setCipherSuites(known);
        parameters.setMaximumPacketSize(maximumPacketSize);
        // Only clients compare names and ask for them.
        parameters.setEndpointIdentificationAlgorithm(null);
        parameters.setServerNames(null);
        return parameters;
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
        OlderClients older = context.olderClients();
        olderSuites = older == null
                ? List.of()
                : withoutOwn(
                        Arrays.stream(wanted).filter(older::hasSuite).distinct().toList());
        if (left.length + olderSuites.size() < wanted.length) {
            context.tellOfOldNames("cipher suites older than TLS 1.3");
        }
        suites = left;
    }

    String[] suites() {
        return suites.clone();
    }

    /**
     * As {@link #suites()}; for a server with the suites of clients that it hands over, and the one of TLS 1.2 that it
     * lists for compatibility if it is told to.
     */
    String[] listedSuites(boolean client) {
        if (client) {
            return suites();
        }
        String[] all = concat(suites, olderSuites);
        return context.listsHttp2Suite() ? withHttp2Suite(all) : all;
    }

    /** All suites as they are listed. */
    String[] listedSupportedSuites() {
        OlderClients older = context.olderClients();
        String[] supported =
                concat(supportedSuites(context), older == null ? List.of() : withoutOwn(older.supportedSuites()));
        return context.listsHttp2Suite() ? withHttp2Suite(supported) : supported;
    }

    /**
     * What a server's configuration asks of clients is never lowered, for older clients neither: neither is also what new
     * SSLParameters say, and who makes engines of a context that requires certificates may only know that some are wanted.
     */
    void clientAuthentication(boolean need, boolean want) {
        ClientAuthentication configured = context.server().clientAuthentication();
        ClientAuthentication set =
                need ? ClientAuthentication.REQUIRED : want ? ClientAuthentication.WANTED : ClientAuthentication.NONE;
        clientAuthentication = set.compareTo(configured) > 0 ? set : configured;
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
        // None is not the same as an empty list, by which a program says that it wants none.
        if (serverNames == null && !names.isEmpty()) {
            serverNames = names;
        }
    }

    List<SNIMatcher> matchers() {
        return matchers;
    }

    String[] applicationProtocols() {
        return applicationProtocols.clone();
    }

    /** Whether a server's own order of suites decides, and not the client's. */
    boolean suitesInOwnOrder() {
        return suitesInOwnOrder;
    }

    /** The size that no packet may exceed; what is too small for a record's content is raised. */
    int maximumPacketSize() {
        return maximumPacketSize == 0
                ? AkushuEngine.PACKET_SIZE
                : Math.clamp(maximumPacketSize, AkushuEngine.SMALLEST_PACKET, AkushuEngine.PACKET_SIZE);
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

    private List<String> withoutOwn(List<String> named) {
        List<String> own = List.of(supportedSuites(context));
        return named.stream().filter(suite -> !own.contains(suite)).toList();
    }

    private static String[] withHttp2Suite(String[] suites) {
        return List.of(suites).contains(HTTP2_SUITE) ? suites : concat(suites, List.of(HTTP2_SUITE));
    }

    private static String[] concat(String[] first, List<String> then) {
        return Stream.concat(Arrays.stream(first), then.stream()).toArray(String[]::new);
    }
}
