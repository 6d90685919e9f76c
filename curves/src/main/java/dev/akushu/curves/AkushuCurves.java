package dev.akushu.curves;

import java.io.Serial;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The curves of this module for the JCA. In first place of the providers, it serves TLS, certificate paths, tokens and
 * whatever else asks for these algorithms without a provider's name.
 *
 * <p>It works with the JDK's own key classes and makes such. A key that it cannot serve, of another curve or one whose
 * scalar does not leave its device, makes it throw {@link java.security.InvalidKeyException}, and the JCA goes on to
 * the next provider.
 *
 * <table> <caption>Algorithms</caption> <tr><th>KeyPairGenerator<td>X25519, XDH, Ed25519, EdDSA, EC (secp256r1,
 * secp384r1) <tr><th>KeyAgreement<td>X25519, XDH, ECDH <tr><th>Signature<td>SHA224withECDSA, SHA256withECDSA,
 * SHA384withECDSA, SHA512withECDSA, the same with inP1363Format, Ed25519, EdDSA </table>
 */
public final class AkushuCurves extends Provider {
    @Serial
    private static final long serialVersionUID = 1;

    /** The provider's name. */
    public static final String NAME = "AkushuCurves";

    /** A new provider, with an empty memory for public keys. */
    public AkushuCurves() {
        this(new KnownKeys());
    }

    /** A new provider that remembers public keys in {@code known}, which others may use as well. */
    public AkushuCurves(KnownKeys known) {
        super(NAME, "0.1", "X25519, P-256, P-384 and Ed25519 in pure Java");
        add("KeyPairGenerator", "X25519", "1.3.101.110", CurveKeyPairGenerator::x25519);
        add("KeyPairGenerator", "XDH", "", CurveKeyPairGenerator::x25519);
        add("KeyPairGenerator", "Ed25519", "1.3.101.112", CurveKeyPairGenerator::ed25519);
        add("KeyPairGenerator", "EdDSA", "", CurveKeyPairGenerator::ed25519);
        add("KeyPairGenerator", "EC", "1.2.840.10045.2.1", EcKeyPairGenerator::new);
        add("KeyAgreement", "X25519", "1.3.101.110", X25519Agreement::new);
        add("KeyAgreement", "XDH", "", X25519Agreement::new);
        add("KeyAgreement", "ECDH", "", EcdhAgreement::new);
        add("Signature", "Ed25519", "1.3.101.112", Ed25519Signature::new);
        add("Signature", "EdDSA", "", Ed25519Signature::new);
        addEcdsa("SHA224", "1.2.840.10045.4.3.1", known);
        addEcdsa("SHA256", "1.2.840.10045.4.3.2", known);
        addEcdsa("SHA384", "1.2.840.10045.4.3.3", known);
        addEcdsa("SHA512", "1.2.840.10045.4.3.4", known);
    }

    private void addEcdsa(String hash, String oid, KnownKeys known) {
        add("Signature", hash + "withECDSA", oid, () -> new EcdsaSignature(hash, true, known));
        add("Signature", hash + "withECDSAinP1363Format", "", () -> new EcdsaSignature(hash, false, known));
    }

    private void add(String type, String algorithm, String oid, Supplier<Object> maker) {
        List<String> aliases = oid.isEmpty() ? List.of() : List.of(oid, "OID." + oid);
        putService(new Maker(this, type, algorithm, aliases, maker));
    }

    /** Makes objects without reflection, which would need the classes to be public. */
    private static final class Maker extends Service {
        private final Supplier<Object> maker;

        Maker(Provider provider, String type, String algorithm, List<String> aliases, Supplier<Object> maker) {
            super(provider, type, algorithm, "dev.akushu.curves." + algorithm, aliases, null);
            this.maker = maker;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            if (parameter != null) {
                throw new NoSuchAlgorithmException(getType() + " " + getAlgorithm() + " takes no parameter");
            }
            return maker.get();
        }
    }
}
