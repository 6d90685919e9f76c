package dev.akushu.fleet;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** An authority whose certificates and keys are PEM files in a folder. */
final class TestCa {
    private final Path folder;
    private final X509Bundle authority;

    private TestCa(Path folder, X509Bundle authority) {
        this.folder = folder;
        this.authority = authority;
    }

    /** One whose own certificate is {@code ca.pem} in {@code folder}. */
    static TestCa in(Path folder) throws Exception {
        X509Bundle root = new CertificateBuilder()
                .ecp256()
                .subject("CN=Test CA")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        TestCa ca = new TestCa(folder, root);
        Files.writeString(ca.certificate(), root.getCertificatePEM());
        return ca;
    }

    /** The authority's certificate. */
    Path certificate() {
        return file("ca");
    }

    /** A certificate for {@code host}, and its key, in two files. */
    void issue(String id, String host) throws Exception {
        X509Bundle own = new CertificateBuilder()
                .ecp256()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .buildIssuedBy(authority);
        Files.writeString(file(id), own.getCertificatePEM());
        Files.writeString(key(id), own.getPrivateKeyPEM());
    }

    /** The file with the key of {@code id}. */
    Path key(String id) {
        return folder.resolve(id + ".key");
    }

    /** The file with the certificate of {@code id}. */
    Path file(String id) {
        return folder.resolve(id + ".pem");
    }
}
