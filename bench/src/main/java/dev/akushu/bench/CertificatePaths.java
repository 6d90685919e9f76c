package dev.akushu.bench;

import dev.akushu.bench.stack.ServerMaker;
import dev.akushu.bench.stack.Servers;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chains of new servers, read and validated: more of them than anybody remembers take turns, below a root and an intermediate authority that were met before; all on P-256.
 */
final class CertificatePaths {
    private CertificatePaths() {}

    /** By our own trust with {@link Crypto#ownCurves}, as in a handshake; the name of the server is checked too. */
    static Task byAkushu() throws GeneralSecurityException {
        Servers servers = servers();
        Trust trust = Trust.anchors(List.of(servers.root()), "root").using(Crypto.ownCurves());
        List<Trust.PeerChain> chains = new ArrayList<>();
        for (Servers.Server server : servers.all()) {
            List<Bytes> der = new ArrayList<>();
            for (X509Certificate certificate : server.chain()) {
                der.add(Bytes.wrap(certificate.getEncoded()));
            }
            chains.add(new Trust.PeerChain(Role.SERVER, der, Servers.HOST, null));
        }
        AtomicInteger next = new AtomicInteger();
        return () -> {
            try {
                return trust.verify(chains.get(next.getAndIncrement() & Keys.MANY - 1));
            } catch (TlsException e) {
                throw new GeneralSecurityException("our own trust does not accept a good chain", e);
            }
        };
    }

    /** By the JDK's PKIX with the signatures of {@code provider}, which is installed for that. */
    static Task byPkix(Provider provider) throws GeneralSecurityException {
        Servers servers = servers();
        Security.addProvider(provider);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(servers.root(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setSigProvider(provider.getName());
        List<List<byte[]>> chains = new ArrayList<>();
        for (Servers.Server server : servers.all()) {
            List<byte[]> der = new ArrayList<>();
            for (X509Certificate certificate : server.chain()) {
                der.add(certificate.getEncoded());
            }
            chains.add(der);
        }
        AtomicInteger next = new AtomicInteger();
        return () -> {
            List<X509Certificate> chain = new ArrayList<>();
            for (byte[] der : chains.get(next.getAndIncrement() & Keys.MANY - 1)) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return validator.validate(factory.generateCertPath(chain), parameters);
        };
    }

    private static Servers servers() throws GeneralSecurityException {
        try {
            return ServerMaker.create(Keys.MANY);
        } catch (IOException e) {
            throw new GeneralSecurityException("no certificates could be made", e);
        }
    }
}
