package dev.akushu.interop.peer;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its key, in memory and in files.
 *
 * @param name a nickname, unique within its {@link Certificates}
 * @param certPem the chain, PEM
 * @param keyPem the private key, PKCS#8 in PEM
 * @param pkcs12 both, protected with {@link #PASSWORD}, under the alias {@code name}
 */
public record Identity(
        String name,
        KeyKind kind,
        List<X509Certificate> chain,
        PrivateKey key,
        Path certPem,
        Path keyPem,
        Path pkcs12) {

    public static final String PASSWORD = "interop";

    /** The same with its issuer in the chain; its files are as they were. */
    Identity with(X509Certificate issuer) {
        return new Identity(name, kind, List.of(certificate(), issuer), key, certPem, keyPem, pkcs12);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
