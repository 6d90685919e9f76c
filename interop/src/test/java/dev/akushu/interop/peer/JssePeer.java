package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/** A peer behind the JDK's own interface: SunJSSE, BouncyCastle or Conscrypt. */
final class JssePeer extends EnginePeer {
    /** Held here, since the log manager holds its loggers weakly: BouncyCastle tells of every handshake. */
    private static final Logger BOUNCY_CASTLE_LOG = Logger.getLogger("org.bouncycastle");

    static {
        BOUNCY_CASTLE_LOG.setLevel(Level.OFF);
    }

    private final String name;
    private final Provider provider;
    private final Abilities abilities;

    private JssePeer(String name, Provider provider, Abilities abilities) {
        this.name = name;
        this.provider = provider;
        this.abilities = abilities;
    }

    static Peer sunJsse() {
        List<String> groups = new ArrayList<>(Abilities.NIST_AND_X25519);
        groups.add("x448");
        groups.addAll(Abilities.FFDHE);
        Set<Feature> features = inJvm();
        features.add(Feature.TRIMS_FINITE_FIELD_SECRETS);
        features.addAll(Set.of(Feature.CLIENT_TELLS_STAPLED, Feature.SERVER_STAPLES));
        return new JssePeer(
                "SunJSSE", Security.getProvider("SunJSSE"), Abilities.of(groups, Abilities.allKeysBut(), features));
    }

    /** It has no TLS 1.3 resumption at all. */
    static Peer bouncyCastle() {
        List<String> groups = new ArrayList<>(List.of("X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024"));
        groups.addAll(Abilities.NIST_AND_X25519);
        groups.add("x448");
        groups.addAll(Abilities.FFDHE);
        Set<Feature> features = inJvm(Feature.CLIENT_RESUMES, Feature.SERVER_RESUMES);
        features.add(Feature.SERVER_GROUPS_BIND_EC_CERTIFICATES);
        features.add(Feature.WANTS_A_GROUP_IN_A_RETRY);
        return new JssePeer(
                "BouncyCastle",
                new BouncyCastleJsseProvider(new BouncyCastleProvider()),
                new Abilities(
                        groups,
                        Abilities.THREE_SUITES,
                        Abilities.allKeysBut(KeyKind.ED25519, KeyKind.ED448),
                        Abilities.allKeysBut(),
                        features));
    }

    static Peer conscrypt() {
        Set<Feature> features = inJvm(Feature.CLIENT_CHOOSES_SUITES, Feature.SERVER_CHOOSES_SUITES);
        features.add(Feature.CLIENT_TELLS_STAPLED);
        return new JssePeer(
                "Conscrypt",
                Conscrypt.newProvider(),
                Abilities.of(
                        List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1"),
                        KeyKind.COMMON,
                        features));
    }

    /** The features of a peer without key log and KeyUpdate, for which JSSE has no calls. */
    private static Set<Feature> inJvm(Feature... missing) {
        Set<Feature> features = Abilities.everythingBut(
                Feature.CLIENT_KEY_LOG,
                Feature.SERVER_KEY_LOG,
                Feature.CLIENT_SENDS_KEY_UPDATE,
                Feature.SERVER_SENDS_KEY_UPDATE);
        features.removeAll(List.of(missing));
        return features;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Abilities abilities() {
        return abilities;
    }

    @Override
    Engines clientEngines(ClientSpec spec, Witness witness) throws GeneralSecurityException, IOException {
        SSLContext context =
                context(spec.certificates(), witness, new KeyManager[] {witness.keyManager(spec.identity())});
        SSLParameters parameters = parameters(spec.alpn(), clientGroups(spec.groups()), spec.suites());
        parameters.setServerNames(List.of(new SNIHostName(spec.serverName())));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return () -> {
            SSLEngine engine = context.createSSLEngine(spec.serverName(), spec.port());
            engine.setUseClientMode(true);
            engine.setSSLParameters(parameters);
            return engine;
        };
    }

    @Override
    Engines serverEngines(ServerSpec spec, Witness witness) throws GeneralSecurityException, IOException {
        Path response = spec.ocspResponse();
        OcspResponder responder = response == null ? null : OcspResponder.start(response);
        // It staples only beside a chain that has the issuer too.
        Identity identity = response == null
                ? spec.identity()
                : spec.identity().with(spec.certificates().ca());
        SSLContext context = context(spec.certificates(), witness, new KeyManager[] {witness.keyManager(identity)});
        SSLParameters parameters = parameters(spec.alpn(), spec.groups(), spec.suites());
        parameters.setNeedClientAuth(spec.asksClientCertificate());
        return new Engines() {
            @Override
            public SSLEngine next() {
                SSLEngine engine = context.createSSLEngine();
                engine.setUseClientMode(false);
                engine.setSSLParameters(parameters);
                if (Conscrypt.isConscrypt(engine)) {
                    Conscrypt.setUseSessionTickets(engine, true);
                }
                return engine;
            }

            // A server chooses a certificate for a resumption too; SunJSSE's session keeps its first time, the others'
            // do not.
            @Override
            public Seen describe(SSLEngine engine, long started, Seen seen) {
                boolean tells = provider.getName().equals("SunJSSE");
                return seen.resumed(tells ? engine.getSession().getCreationTime() < started : null);
            }

            @Override
            public void close() {
                if (responder != null) {
                    responder.close();
                }
            }
        };
    }

    /** BouncyCastle's client verifies EC signatures on its groups' curves only, and the test's CA has a key on secp256r1. */
    private List<String> clientGroups(List<String> groups) {
        if (groups.isEmpty()
                || groups.contains("secp256r1")
                || !provider.getName().equals("BCJSSE")) {
            return groups;
        }
        List<String> more = new ArrayList<>(groups);
        more.add("secp256r1");
        return more;
    }

    private SSLContext context(Certificates certificates, Witness witness, KeyManager[] keys)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLSv1.3", provider);
        context.init(keys, trust(certificates, witness), new SecureRandom());
        return context;
    }

    private static SSLParameters parameters(List<String> alpn, List<String> groups, List<String> suites) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        if (!alpn.isEmpty()) {
            parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        }
        if (!groups.isEmpty()) {
            parameters.setNamedGroups(groups.toArray(String[]::new));
        }
        if (!suites.isEmpty()) {
            parameters.setCipherSuites(suites.toArray(String[]::new));
        }
        return parameters;
    }
}
