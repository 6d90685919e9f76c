package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.crypto.ShortBufferException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AkushuCurvesTest {
    /** New for each test, so that each tries what the provider offers. */
    private final Provider akushu = new AkushuCurves();

    private static final Provider SUN = Security.getProvider("SunEC");
    private static final byte[] MESSAGE = {1, 2, 3, 4, 5};

    /** PKIX asks for signatures by the identifiers in certificates. */
    @ParameterizedTest
    @CsvSource({
        "KeyPairGenerator, X25519, 1.3.101.110",
        "KeyPairGenerator, Ed25519, 1.3.101.112",
        "KeyPairGenerator, EC, 1.2.840.10045.2.1",
        "KeyAgreement, X25519, 1.3.101.110",
        "Signature, Ed25519, 1.3.101.112",
        "Signature, SHA224withECDSA, 1.2.840.10045.4.3.1",
        "Signature, SHA256withECDSA, 1.2.840.10045.4.3.2",
        "Signature, SHA384withECDSA, 1.2.840.10045.4.3.3",
        "Signature, SHA512withECDSA, 1.2.840.10045.4.3.4"
    })
    void whatHasAnObjectIdentifierIsFoundByIt(String type, String algorithm, String identifier) {
        Provider.Service service = akushu.getService(type, algorithm);
        assertThat(service).isNotNull();
        assertThat(akushu.getService(type, identifier)).isSameAs(service);
        assertThat(akushu.getService(type, "OID." + identifier)).isSameAs(service);
    }

    @Test
    void nothingIsFoundWithoutAName() {
        assertThat(List.of("KeyPairGenerator", "KeyAgreement", "Signature"))
                .allSatisfy(type -> assertThat(akushu.getService(type, "OID.")).isNull());
    }

    private static KeyPair ec(Provider provider, String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static byte[] agree(String algorithm, Provider provider, PrivateKey own, PublicKey peer) throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm, provider);
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    private static byte[] sign(String algorithm, Provider provider, PrivateKey key) throws Exception {
        Signature signature = Signature.getInstance(algorithm, provider);
        signature.initSign(key);
        signature.update(MESSAGE);
        return signature.sign();
    }

    private static boolean verify(String algorithm, Provider provider, PublicKey key, byte[] octets) throws Exception {
        Signature signature = Signature.getInstance(algorithm, provider);
        signature.initVerify(key);
        signature.update(ByteBuffer.wrap(MESSAGE));
        return signature.verify(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void agreesByEcdhWithTheJdksKeysAndItsOwn(String curve) throws Exception {
        KeyPair a = ec(akushu, curve);
        KeyPair b = ec(SUN, curve);
        byte[] expected = agree("ECDH", SUN, b.getPrivate(), a.getPublic());
        assertThat(agree("ECDH", akushu, a.getPrivate(), b.getPublic())).isEqualTo(expected);
        assertThat(agree("ECDH", akushu, b.getPrivate(), a.getPublic())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "XDH"})
    void agreesByX25519WithTheJdksKeysAndItsOwn(String algorithm) throws Exception {
        KeyPair a = KeyPairGenerator.getInstance(algorithm, akushu).generateKeyPair();
        KeyPair b = KeyPairGenerator.getInstance("X25519", SUN).generateKeyPair();
        byte[] expected = agree("X25519", SUN, b.getPrivate(), a.getPublic());
        assertThat(agree(algorithm, akushu, a.getPrivate(), b.getPublic())).isEqualTo(expected);
        assertThat(agree(algorithm, akushu, b.getPrivate(), a.getPublic())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA224withECDSA",
        "secp384r1, SHA224withECDSAinP1363Format",
        "secp256r1, SHA256withECDSA",
        "secp256r1, SHA384withECDSA",
        "secp256r1, SHA512withECDSAinP1363Format",
        "secp384r1, SHA256withECDSAinP1363Format",
        "secp384r1, SHA384withECDSA",
        "secp384r1, SHA512withECDSA"
    })
    void signsAndVerifiesByEcdsaAsTheJdkDoes(String curve, String algorithm) throws Exception {
        KeyPair pair = ec(SUN, curve);
        byte[] ours = sign(algorithm, akushu, pair.getPrivate());
        byte[] theirs = sign(algorithm, SUN, pair.getPrivate());
        for (byte[] signature : List.of(ours, theirs)) {
            assertThat(verify(algorithm, SUN, pair.getPublic(), signature)).isTrue();
            // Fresh, then with a table made, then with the table.
            for (int i = 0; i < 3; i++) {
                assertThat(verify(algorithm, akushu, pair.getPublic(), signature))
                        .isTrue();
            }
            signature[signature.length - 1] ^= 1;
            assertThat(verify(algorithm, akushu, pair.getPublic(), signature)).isFalse();
            assertThat(verify(algorithm, akushu, pair.getPublic(), new byte[0])).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "EdDSA"})
    void signsAndVerifiesByEd25519AsTheJdkDoes(String algorithm) throws Exception {
        KeyPair ours = KeyPairGenerator.getInstance("Ed25519", akushu).generateKeyPair();
        KeyPair theirs = KeyPairGenerator.getInstance("Ed25519", SUN).generateKeyPair();
        for (KeyPair pair : List.of(ours, theirs)) {
            byte[] signature = sign(algorithm, akushu, pair.getPrivate());
            assertThat(signature).isEqualTo(sign(algorithm, SUN, pair.getPrivate()));
            assertThat(verify(algorithm, akushu, pair.getPublic(), signature)).isTrue();
            signature[3] ^= 1;
            assertThat(verify(algorithm, akushu, pair.getPublic(), signature)).isFalse();
        }
    }

    /** Fresh keys are as good as the JDK's: they are of its classes, with encodings. */
    @Test
    void makesKeysOfTheJdksClasses() throws Exception {
        KeyPair ours = ec(akushu, "secp256r1");
        KeyPair theirs = ec(SUN, "secp256r1");
        assertThat(ours.getPublic()).hasSameClassAs(theirs.getPublic());
        assertThat(ours.getPrivate()).hasSameClassAs(theirs.getPrivate());
        assertThat(ours.getPrivate().getEncoded()).isNotEmpty();
    }

    /** In first place, but without the curve asked for: the JCA moves on. */
    @Test
    void leavesWhatItCannotServeToTheNextProvider() throws Exception {
        Security.insertProviderAt(akushu, 1);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp521r1"));
            KeyPair p521 = generator.generateKeyPair();
            Signature signature = Signature.getInstance("SHA512withECDSA");
            signature.initSign(p521.getPrivate());
            assertThat(signature.getProvider()).isEqualTo(SUN);
            KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
            ecdh.init(p521.getPrivate());
            assertThat(ecdh.getProvider()).isEqualTo(SUN);

            KeyPairGenerator x448 = KeyPairGenerator.getInstance("XDH");
            x448.initialize(NamedParameterSpec.X448);
            KeyAgreement xdh = KeyAgreement.getInstance("XDH");
            xdh.init(x448.generateKeyPair().getPrivate());
            assertThat(xdh.getProvider()).isEqualTo(SUN);

            KeyPairGenerator ed448 = KeyPairGenerator.getInstance("EdDSA");
            ed448.initialize(NamedParameterSpec.ED448);
            Signature eddsa = Signature.getInstance("EdDSA");
            eddsa.initSign(ed448.generateKeyPair().getPrivate());
            assertThat(eddsa.getProvider()).isEqualTo(SUN);

            Signature served = Signature.getInstance("SHA256withECDSA");
            served.initSign(ec(SUN, "secp256r1").getPrivate());
            assertThat(served.getProvider()).isSameAs(akushu);
        } finally {
            Security.removeProvider(AkushuCurves.NAME);
        }
    }

    @Test
    void takesBouncyCastlesKeys() throws Exception {
        KeyPair bc = ec(new BouncyCastleProvider(), "secp256r1");
        byte[] signature = sign("SHA256withECDSA", akushu, bc.getPrivate());
        assertThat(verify("SHA256withECDSA", akushu, bc.getPublic(), signature)).isTrue();
    }

    /** A token's key is a PrivateKey without a scalar. */
    @Test
    void refusesAKeyThatDoesNotLeaveItsDevice() throws Exception {
        PrivateKey token = new PrivateKey() {
            private static final long serialVersionUID = 1;

            @Override
            public String getAlgorithm() {
                return "EC";
            }

            @Override
            public String getFormat() {
                return null;
            }

            @Override
            public byte[] getEncoded() {
                return null;
            }
        };
        for (String algorithm : List.of("SHA256withECDSA", "Ed25519")) {
            Signature signature = Signature.getInstance(algorithm, akushu);
            assertThatThrownBy(() -> signature.initSign(token)).isInstanceOf(InvalidKeyException.class);
        }
        for (String algorithm : List.of("ECDH", "X25519")) {
            KeyAgreement agreement = KeyAgreement.getInstance(algorithm, akushu);
            assertThatThrownBy(() -> agreement.init(token)).isInstanceOf(InvalidKeyException.class);
        }
    }

    @Test
    void givesTheSecretInAllFormsOfGenerateSecret() throws Exception {
        KeyPair a = ec(akushu, "secp256r1");
        KeyPair b = ec(akushu, "secp256r1");
        byte[] expected = agree("ECDH", SUN, a.getPrivate(), b.getPublic());
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", akushu);
        agreement.init(a.getPrivate());
        assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);
        agreement.doPhase(b.getPublic(), true);
        assertThat(agreement.generateSecret("TlsPremasterSecret").getEncoded()).isEqualTo(expected);
        agreement.doPhase(b.getPublic(), true);
        assertThatThrownBy(() -> agreement.generateSecret(new byte[40], 9)).isInstanceOf(ShortBufferException.class);
        byte[] out = new byte[40];
        assertThat(agreement.generateSecret(out, 8)).isEqualTo(32);
        assertThat(java.util.Arrays.copyOfRange(out, 8, 40)).isEqualTo(expected);
        assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAPeersKeyOfSmallOrder() throws Exception {
        PrivateKey own =
                KeyPairGenerator.getInstance("X25519", akushu).generateKeyPair().getPrivate();
        PublicKey zero = java.security.KeyFactory.getInstance("X25519", SUN)
                .generatePublic(new java.security.spec.XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.ZERO));
        assertThatThrownBy(() -> agree("X25519", akushu, own, zero)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void refusesAPeersKeyOnAnotherCurve() throws Exception {
        PrivateKey own = ec(akushu, "secp256r1").getPrivate();
        PublicKey peer = ec(akushu, "secp384r1").getPublic();
        assertThatThrownBy(() -> agree("ECDH", akushu, own, peer)).isInstanceOf(InvalidKeyException.class);
    }
}
