package dev.akushu.bench.stack;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Servers of one host name with a key and a certificate each, below one authority; all keys on P-256.
 *
 * @param root the trust anchor
 * @param all the servers
 */
public record Servers(X509Certificate root, List<Server> all) {
    /** All of them have this name. */
    public static final String HOST = "server.example";

    /**
     * One of them.
     *
     * @param chain its certificate and the intermediate authority's
     */
    public record Server(PrivateKey key, List<X509Certificate> chain) {}

    /** Writes them for {@link #read}. The keys are for measuring and nothing else. */
    public void write(Path file) throws GeneralSecurityException, IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            put(out, root.getEncoded());
            put(out, all.getFirst().chain.getLast().getEncoded());
            out.writeInt(all.size());
            for (Server server : all) {
                put(out, server.key.getEncoded());
                put(out, server.chain.getFirst().getEncoded());
            }
        }
    }

    /** Reads the first {@code most} of those that were written; all if there are fewer. */
    public static Servers read(Path file, int most) throws GeneralSecurityException, IOException {
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        KeyFactory keys = KeyFactory.getInstance("EC");
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            X509Certificate root = certificate(certificates, in);
            X509Certificate authority = certificate(certificates, in);
            int count = Math.min(in.readInt(), most);
            List<Server> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(next(in)));
                all.add(new Server(key, List.of(certificate(certificates, in), authority)));
            }
            return new Servers(root, List.copyOf(all));
        }
    }

    private static void put(DataOutputStream out, byte[] octets) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static byte[] next(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static X509Certificate certificate(CertificateFactory factory, DataInputStream in)
            throws GeneralSecurityException, IOException {
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(next(in)));
    }

    /** The trust anchor as a file of text. */
    public String rootPem() throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(root.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** A key store with {@link #root} alone. */
    public static KeyStore trustStore(X509Certificate root) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        return store;
    }
}
