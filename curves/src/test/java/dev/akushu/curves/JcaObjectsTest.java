package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JCA's objects may be used again and again, and take no key or parameter that is not theirs. */
class JcaObjectsTest {
    private static final Provider SUN = Objects.requireNonNull(Security.getProvider("SunEC"));
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final AlgorithmParameterSpec FOREIGN = new IvParameterSpec(new byte[16]);

    private final Provider ours = new AkushuCurves();

    private static KeyPair pair(String algorithm, Provider provider) throws Exception {
        boolean isNamed = algorithm.startsWith("secp");
        KeyPairGenerator generator = KeyPairGenerator.getInstance(isNamed ? "EC" : algorithm, provider);
        if (isNamed) {
            generator.initialize(new ECGenParameterSpec(algorithm));
        }
        return generator.generateKeyPair();
    }

    private static boolean verifies(Signature by, KeyPair pair, byte[] message, byte[] signature) throws Exception {
        by.initVerify(pair.getPublic());
        by.update(message);
        return by.verify(signature);
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA256withECDSA", "secp384r1, SHA384withECDSAinP1363Format", "Ed25519, Ed25519"})
    void whatWasBegunIsForgottenByTheNextKey(String curve, String algorithm) throws Exception {
        KeyPair pair = pair(curve, SUN);
        Signature theirs = Signature.getInstance(algorithm, SUN);
        Signature signer = Signature.getInstance(algorithm, ours);
        signer.initSign(pair.getPrivate());
        signer.update((byte) 9);
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        byte[] signature = signer.sign();
        assertThat(verifies(theirs, pair, MESSAGE, signature)).isTrue();

        Signature verifier = Signature.getInstance(algorithm, ours);
        verifier.initVerify(pair.getPublic());
        verifier.update((byte) 9);
        assertThat(verifies(verifier, pair, MESSAGE, signature)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA256withECDSA", "secp384r1, SHA384withECDSA", "Ed25519, Ed25519"})
    void oneObjectSignsAndVerifiesManyMessages(String curve, String algorithm) throws Exception {
        KeyPair pair = pair(curve, SUN);
        Signature theirs = Signature.getInstance(algorithm, SUN);
        Signature signer = Signature.getInstance(algorithm, ours);
        Signature verifier = Signature.getInstance(algorithm, ours);
        signer.initSign(pair.getPrivate());
        verifier.initVerify(pair.getPublic());
        for (byte i = 0; i < 3; i++) {
            // Octet by octet is the same message.
            signer.update(i);
            signer.update(MESSAGE);
            byte[] message = {i, 1, 2, 3};
            byte[] signature = signer.sign();
            assertThat(verifies(theirs, pair, message, signature)).isTrue();
            verifier.update(message);
            assertThat(verifier.verify(signature)).isTrue();
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signature)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, ECDH", "secp384r1, ECDH", "X25519, X25519"})
    void oneObjectAgreesWithManyPeersUnderManyKeys(String curve, String algorithm) throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm, ours);
        KeyAgreement theirs = KeyAgreement.getInstance(algorithm, SUN);
        for (int i = 0; i < 3; i++) {
            KeyPair own = pair(curve, ours);
            KeyPair peer = pair(curve, SUN);
            theirs.init(peer.getPrivate());
            theirs.doPhase(own.getPublic(), true);
            byte[] expected = theirs.generateSecret();
            agreement.init(own.getPrivate());
            agreement.doPhase(peer.getPublic(), true);
            assertThatThrownBy(() -> agreement.doPhase(peer.getPublic(), true))
                    .as("a second peer before the secret was taken")
                    .isInstanceOf(IllegalStateException.class);
            byte[] out = new byte[expected.length + 1];
            assertThat(agreement.generateSecret(out, 1)).isEqualTo(expected.length);
            assertThat(out).endsWith(expected);
            agreement.doPhase(peer.getPublic(), true);
            assertThat(agreement.generateSecret("Any").getEncoded()).isEqualTo(expected);
            // What another peer left behind must not be the next key's secret.
            agreement.doPhase(peer.getPublic(), true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withECDSA", "Ed25519"})
    void withoutAKeyThereIsNoSignature(String algorithm) throws Exception {
        Signature signature = Signature.getInstance(algorithm, ours);
        assertThatThrownBy(signature::sign).isInstanceOf(java.security.SignatureException.class);
        assertThatThrownBy(() -> signature.verify(new byte[64])).isInstanceOf(java.security.SignatureException.class);
    }

    @Test
    void signatureTakesNoParametersButItsOwnCurve() throws Exception {
        KeyPair pair = pair("secp256r1", SUN);
        ECParameterSpec own = ((ECPublicKey) pair.getPublic()).getParams();
        ECParameterSpec other = ((ECPublicKey) pair("secp384r1", SUN).getPublic()).getParams();
        Signature ecdsa = Signature.getInstance("SHA256withECDSA", ours);
        ecdsa.initVerify(pair.getPublic());
        ecdsa.setParameter(own);
        ecdsa.setParameter(null);
        for (AlgorithmParameterSpec wrong : List.of(other, FOREIGN)) {
            assertThatThrownBy(() -> ecdsa.setParameter(wrong)).isInstanceOf(InvalidAlgorithmParameterException.class);
        }
        Signature eddsa = Signature.getInstance("Ed25519", ours);
        eddsa.setParameter(null);
        assertThatThrownBy(() -> eddsa.setParameter(FOREIGN)).isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, ECDH", "X25519, XDH"})
    void agreementTakesNoParameters(String curve, String algorithm) throws Exception {
        KeyPair pair = pair(curve, ours);
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm, ours);
        agreement.init(pair.getPrivate(), (AlgorithmParameterSpec) null);
        agreement.doPhase(pair.getPublic(), true);
        assertThatThrownBy(() -> agreement.init(pair.getPrivate(), FOREIGN))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @ParameterizedTest
    @CsvSource({"X25519, 255, 256", "Ed25519, 255, 448", "EC, 256, 255", "EC, 384, 521"})
    void generatorMakesKeysOfItsSizesOnly(String algorithm, int size, int wrong) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, ours);
        generator.initialize(size);
        KeyPair pair = generator.generateKeyPair();
        if (pair.getPrivate() instanceof ECPrivateKey key) {
            assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(size);
        }
        assertThatThrownBy(() -> generator.initialize(wrong)).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @CsvSource({"X25519, Ed25519", "Ed25519, X448", "XDH, X448", "EdDSA, Ed448"})
    void generatorTakesTheParametersOfItsCurveOnly(String algorithm, String other) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, ours);
        String own = algorithm.startsWith("X") ? "X25519" : "Ed25519";
        generator.initialize(new NamedParameterSpec(own));
        assertThat(generator.generateKeyPair().getPublic().getEncoded()).isNotEmpty();
        for (AlgorithmParameterSpec wrong : List.of(new NamedParameterSpec(other), FOREIGN)) {
            assertThatThrownBy(() -> generator.initialize(wrong))
                    .isInstanceOf(InvalidAlgorithmParameterException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void pointsBesideTheCurveAreRefused(String curve) throws Exception {
        KeyPair pair = pair(curve, SUN);
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        BigInteger p = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        List<ECPoint> beside = List.of(
                ECPoint.POINT_INFINITY,
                new ECPoint(x, y.add(BigInteger.ONE)),
                new ECPoint(x, y.add(p)),
                new ECPoint(x.subtract(p), y),
                new ECPoint(x.add(BigInteger.ONE.shiftLeft(p.bitLength())), y),
                new ECPoint(x, y.negate()));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", ours);
        agreement.init(pair.getPrivate());
        Signature signature = Signature.getInstance("SHA256withECDSA", ours);
        for (ECPoint point : beside) {
            ECPublicKey wrong = new ForeignEcPublicKey(key.getParams(), point);
            assertThatThrownBy(() -> agreement.doPhase(wrong, true)).isInstanceOf(InvalidKeyException.class);
            assertThatThrownBy(() -> signature.initVerify(wrong)).isInstanceOf(InvalidKeyException.class);
        }
    }

    @Test
    void scalarsOutOfRangeAreRefused() throws Exception {
        ECParameterSpec parameters = ((ECPublicKey) pair("secp256r1", SUN).getPublic()).getParams();
        BigInteger order = parameters.getOrder();
        Signature signature = Signature.getInstance("SHA256withECDSA", ours);
        for (BigInteger wrong : List.of(BigInteger.ONE.negate(), BigInteger.ZERO, order, order.add(BigInteger.ONE))) {
            assertThatThrownBy(() -> signature.initSign(new ForeignEcPrivateKey(parameters, wrong)))
                    .isInstanceOf(InvalidKeyException.class);
        }
        for (BigInteger right : List.of(BigInteger.ONE, order.subtract(BigInteger.ONE))) {
            signature.initSign(new ForeignEcPrivateKey(parameters, right));
        }
    }

    /** A curve is what its numbers say; one number off, it is another. */
    @Test
    void curvesThatOnlyLookLikeP256AreRefused() throws Exception {
        ECPublicKey key = (ECPublicKey) pair("secp256r1", SUN).getPublic();
        ECParameterSpec right = key.getParams();
        EllipticCurve curve = right.getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        UnaryOperator<BigInteger> next = BigInteger.ONE::add;
        ECPoint g = right.getGenerator();
        List<ECParameterSpec> wrong = List.of(
                spec(new EllipticCurve(new ECFieldFp(next.apply(p)), curve.getA(), curve.getB()), g, right, 1),
                spec(new EllipticCurve(curve.getField(), next.apply(curve.getA()), curve.getB()), g, right, 1),
                spec(new EllipticCurve(curve.getField(), curve.getA(), next.apply(curve.getB())), g, right, 1),
                spec(curve, new ECPoint(g.getAffineX(), p.subtract(g.getAffineY())), right, 1),
                new ECParameterSpec(curve, g, next.apply(right.getOrder()), 1),
                spec(curve, g, right, 2));
        Signature signature = Signature.getInstance("SHA256withECDSA", ours);
        signature.initVerify(new ForeignEcPublicKey(spec(curve, g, right, 1), key.getW()));
        for (ECParameterSpec parameters : wrong) {
            assertThatThrownBy(() -> signature.initVerify(new ForeignEcPublicKey(parameters, key.getW())))
                    .isInstanceOf(InvalidKeyException.class);
        }
        assertThatThrownBy(() -> signature.initVerify(new ForeignEcPublicKey(null, key.getW())))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void keysOfOtherCurvesAreRefused() throws Exception {
        Signature ed25519 = Signature.getInstance("EdDSA", ours);
        KeyPair ed448 = pair("Ed448", SUN);
        assertThatThrownBy(() -> ed25519.initSign(ed448.getPrivate())).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> ed25519.initVerify(ed448.getPublic())).isInstanceOf(InvalidKeyException.class);
        KeyAgreement x25519 = KeyAgreement.getInstance("XDH", ours);
        KeyPair x448 = pair("X448", SUN);
        assertThatThrownBy(() -> x25519.init(x448.getPrivate())).isInstanceOf(InvalidKeyException.class);
        x25519.init(pair("X25519", SUN).getPrivate());
        assertThatThrownBy(() -> x25519.doPhase(x448.getPublic(), true)).isInstanceOf(InvalidKeyException.class);
    }

    /** Nor does the size of the number tell the curve. */
    @Test
    void keysOfOtherCurvesAreRefusedThoughTheirNumbersWouldFit() throws Exception {
        KeyPair x25519 = pair("X25519", SUN);
        PublicKey x448 = KeyFactory.getInstance("X448")
                .generatePublic(
                        new XECPublicKeySpec(NamedParameterSpec.X448, ((XECPublicKey) x25519.getPublic()).getU()));
        KeyAgreement agreement = KeyAgreement.getInstance("XDH", ours);
        agreement.init(x25519.getPrivate());
        assertThatThrownBy(() -> agreement.doPhase(x448, true)).isInstanceOf(InvalidKeyException.class);
        PublicKey ed448 = KeyFactory.getInstance("Ed448")
                .generatePublic(new EdECPublicKeySpec(
                        NamedParameterSpec.ED448,
                        ((EdECPublicKey) pair("Ed25519", SUN).getPublic()).getPoint()));
        Signature signature = Signature.getInstance("EdDSA", ours);
        assertThatThrownBy(() -> signature.initVerify(ed448)).isInstanceOf(InvalidKeyException.class);
    }

    /** Keys of other providers may hold numbers that the JDK's do not; cut to size they would be other keys. */
    @Test
    void numbersThatAreTooLongAreRefused() throws Exception {
        BigInteger bit255 = BigInteger.ONE.shiftLeft(255);
        BigInteger y =
                ((EdECPublicKey) pair("Ed25519", SUN).getPublic()).getPoint().getY();
        Signature ed25519 = Signature.getInstance("Ed25519", ours);
        ed25519.initVerify(new ForeignEdKey(y));
        for (BigInteger wrong : List.of(y.add(bit255), y.add(bit255.shiftLeft(1)), y.negate())) {
            assertThatThrownBy(() -> ed25519.initVerify(new ForeignEdKey(wrong)))
                    .isInstanceOf(InvalidKeyException.class);
        }
        KeyPair pair = pair("X25519", SUN);
        BigInteger u = ((XECPublicKey) pair.getPublic()).getU();
        KeyAgreement x25519 = KeyAgreement.getInstance("X25519", ours);
        x25519.init(pair.getPrivate());
        for (BigInteger wrong : List.of(u.add(bit255.shiftLeft(1)), u.negate())) {
            assertThatThrownBy(() -> x25519.doPhase(new ForeignXKey(wrong), true))
                    .isInstanceOf(InvalidKeyException.class);
        }
        // RFC 7748 section 5: the highest bit of 32 octets is not looked at.
        x25519.doPhase(new ForeignXKey(u), true);
        byte[] secret = x25519.generateSecret();
        x25519.doPhase(new ForeignXKey(u.add(bit255)), true);
        assertThat(x25519.generateSecret()).isEqualTo(secret);
    }

    private static ECParameterSpec spec(EllipticCurve curve, ECPoint base, ECParameterSpec right, int cofactor) {
        return new ECParameterSpec(curve, base, right.getOrder(), cofactor);
    }

    /** A key of a provider that nobody knows: numbers, and no encoding. */
    private abstract static class ForeignKey implements Key {
        private static final long serialVersionUID = 1;

        @Override
        public String getAlgorithm() {
            return "foreign";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private static final class ForeignEcPublicKey extends ForeignKey implements ECPublicKey {
        private static final long serialVersionUID = 1;

        private final transient @Nullable ECParameterSpec parameters;
        private final transient ECPoint point;

        ForeignEcPublicKey(@Nullable ECParameterSpec parameters, ECPoint point) {
            this.parameters = parameters;
            this.point = point;
        }

        @Override
        public ECPoint getW() {
            return point;
        }

        @Override
        public @Nullable ECParameterSpec getParams() {
            return parameters;
        }
    }

    private static final class ForeignEcPrivateKey extends ForeignKey implements ECPrivateKey {
        private static final long serialVersionUID = 1;

        private final transient ECParameterSpec parameters;
        private final transient BigInteger scalar;

        ForeignEcPrivateKey(ECParameterSpec parameters, BigInteger scalar) {
            this.parameters = parameters;
            this.scalar = scalar;
        }

        @Override
        public BigInteger getS() {
            return scalar;
        }

        @Override
        public ECParameterSpec getParams() {
            return parameters;
        }
    }

    private static final class ForeignEdKey extends ForeignKey implements EdECPublicKey {
        private static final long serialVersionUID = 1;

        private final transient BigInteger y;

        ForeignEdKey(BigInteger y) {
            this.y = y;
        }

        @Override
        public EdECPoint getPoint() {
            return new EdECPoint(false, y);
        }

        @Override
        public NamedParameterSpec getParams() {
            return NamedParameterSpec.ED25519;
        }
    }

    private static final class ForeignXKey extends ForeignKey implements XECPublicKey {
        private static final long serialVersionUID = 1;

        private final transient BigInteger u;

        ForeignXKey(BigInteger u) {
            this.u = u;
        }

        @Override
        public BigInteger getU() {
            return u;
        }

        @Override
        public AlgorithmParameterSpec getParams() {
            return NamedParameterSpec.X25519;
        }
    }
}
