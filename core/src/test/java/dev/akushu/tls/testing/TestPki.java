package dev.akushu.tls.testing;

import dev.akushu.tls.Trust;
import java.security.cert.X509Certificate;
import java.util.List;

/** A small certificate authority for tests: a root, an intermediate below it, and certificates for hosts and clients below that. */
public final class TestPki {
    private final Issued root;
    private final Issued intermediate;

    private TestPki(Issued root, Issued intermediate) {
        this.root = root;
        this.intermediate = intermediate;
    }

    /** A new one, with keys of its own on P-256. */
    public static TestPki create() {
        Issued root = CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Root")
                .selfSigned();
        return new TestPki(
                root,
                CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Intermediate")
                        .issuedBy(root));
    }

    /** The root. */
    public Issued root() {
        return root;
    }

    /** The certificate that issues the others. */
    public Issued intermediate() {
        return intermediate;
    }

    /** Trusts the root, which it calls {@code test roots}. */
    public Trust trust() {
        return Trust.anchors(anchors(), "test roots");
    }

    /** The root alone. */
    public List<X509Certificate> anchors() {
        return List.of(root.certificate());
    }

    /** A good certificate for the hosts {@code names}, DNS names and IP addresses; good for clients too. */
    public Issued leaf(TestKey kind, String... names) {
        return issue(CertificateRecipe.host(kind, names));
    }

    /** What {@code recipe} describes, by the intermediate. */
    public Issued issue(CertificateRecipe recipe) {
        return recipe.issuedBy(intermediate);
    }
}
