package dev.akushu.tls.testing;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A certificate that a test made, with its key.
 *
 * @param certificate the certificate
 * @param key its private key
 * @param kind the kind of the key
 * @param chain the certificate and its issuers, without the root
 */
public record Issued(X509Certificate certificate, PrivateKey key, TestKey kind, List<X509Certificate> chain) {
    /** The certificate in DER. */
    public Bytes der() {
        return der(certificate);
    }

    /** The chain in DER. */
    public List<Bytes> chainDer() {
        return chain.stream().map(Issued::der).toList();
    }

    /** The chain and the key with the usual cryptography. */
    public Identity identity() {
        try {
            return Identity.of(chain, key, Crypto.ownCurves());
        } catch (TlsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the chain to {@code folder} as PEM. */
    public Path writeChain(Path folder) {
        return write(folder.resolve("chain.pem"), chainPem());
    }

    /** Writes the certificate alone to {@code folder} as PEM, for who is to trust it. */
    public Path writeAuthority(Path folder) {
        return write(folder.resolve("ca.pem"), pem("CERTIFICATE", der().toArray()));
    }

    /** Writes the key to {@code folder} as PEM, in PKCS#8. */
    public Path writeKey(Path folder) {
        return write(folder.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
    }

    /** The chain as PEM. */
    public String chainPem() {
        return chainDer().stream().map(der -> pem("CERTIFICATE", der.toArray())).collect(Collectors.joining());
    }

    /** One PEM block. */
    public static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.wrap(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
