package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.Serial;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In first place, asked for without a name: what the curves here cannot serve goes on to the provider that can. */
class NextProviderTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    private final Provider device = new Device();

    @BeforeEach
    void install() {
        Security.insertProviderAt(new AkushuCurves(), 1);
        Security.addProvider(device);
    }

    @AfterEach
    void remove() {
        Security.removeProvider(AkushuCurves.NAME);
        Security.removeProvider(device.getName());
    }

    private static KeyPair pair(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static PrivateKey inDevice(PrivateKey key, boolean tellsItsCurve) {
        return tellsItsCurve ? new TalkativeKey((ECPrivateKey) key) : new DeviceKey(key);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keyInADeviceSignsThere(boolean tellsItsCurve) throws Exception {
        KeyPair pair = pair("secp256r1");
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(inDevice(pair.getPrivate(), tellsItsCurve));
        assertThat(signer.getProvider()).isEqualTo(device);
        signer.update(MESSAGE);
        byte[] signature = signer.sign();

        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(pair.getPublic());
        assertThat(verifier.getProvider().getName()).isEqualTo(AkushuCurves.NAME);
        verifier.update(MESSAGE);
        assertThat(verifier.verify(signature)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keyInADeviceAgreesThere(boolean tellsItsCurve) throws Exception {
        KeyPair own = pair("secp256r1");
        KeyPair peer = pair("secp256r1");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(inDevice(own.getPrivate(), tellsItsCurve));
        assertThat(agreement.getProvider()).isEqualTo(device);
        agreement.doPhase(peer.getPublic(), true);

        KeyAgreement other = KeyAgreement.getInstance("ECDH");
        other.init(peer.getPrivate());
        assertThat(other.getProvider().getName()).isEqualTo(AkushuCurves.NAME);
        other.doPhase(own.getPublic(), true);
        assertThat(agreement.generateSecret()).isEqualTo(other.generateSecret());
    }

    @Test
    void publicKeyOfAnotherCurveVerifiesAtTheNextProvider() throws Exception {
        KeyPair pair = pair("secp521r1");
        Signature signature = Signature.getInstance("SHA512withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        byte[] made = signature.sign();
        signature = Signature.getInstance("SHA512withECDSA");
        signature.initVerify(pair.getPublic());
        assertThat(signature.getProvider().getName()).isEqualTo("SunEC");
        signature.update(MESSAGE);
        assertThat(signature.verify(made)).isTrue();
    }

    /** One object, whose provider is chosen by its first key, refuses what is not that one's. */
    @Test
    void providerOnceChosenStays() throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(pair("secp256r1").getPublic());
        PublicKey other = pair("secp521r1").getPublic();
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> signature.initVerify(other));
    }

    /** Neither here nor further on: a signature under a point off the curve is never taken. */
    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void noProviderTakesASignatureUnderAPointOffTheCurve(String curve) throws Exception {
        KeyPair pair = pair(curve);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        byte[] signature = signer.sign();
        PublicKey off = new OffTheCurve((ECPublicKey) pair.getPublic());

        Signature ours = Signature.getInstance("SHA256withECDSA", AkushuCurves.NAME);
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> ours.initVerify(off))
                .withMessageContaining("not on the curve");
        assertThat(isTaken(off, signature)).isFalse();
        assertThat(isTaken(pair.getPublic(), signature)).isTrue();
    }

    /** Providers say no by their verdict or by an exception. */
    private static boolean isTaken(PublicKey key, byte[] signature) {
        try {
            Signature nameless = Signature.getInstance("SHA256withECDSA");
            nameless.initVerify(key);
            nameless.update(MESSAGE);
            return nameless.verify(signature);
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }

    private record OffTheCurve(ECPublicKey key) implements ECPublicKey {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public ECPoint getW() {
            ECPoint w = key.getW();
            return new ECPoint(w.getAffineX(), w.getAffineY().flipBit(0));
        }

        @Override
        public ECParameterSpec getParams() {
            return key.getParams();
        }

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
    }

    /** A key of which the outside knows the algorithm and nothing else. */
    private static class DeviceKey implements PrivateKey {
        @Serial
        private static final long serialVersionUID = 1L;

        final transient PrivateKey secret;

        DeviceKey(PrivateKey secret) {
            this.secret = secret;
        }

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
    }

    /** As some devices do it: an EC key with its curve, which refuses to show its secret only when asked. */
    private static final class TalkativeKey extends DeviceKey implements ECPrivateKey {
        @Serial
        private static final long serialVersionUID = 1L;

        TalkativeKey(ECPrivateKey secret) {
            super(secret);
        }

        @Override
        public BigInteger getS() {
            throw new UnsupportedOperationException("The secret stays in the device");
        }

        @Override
        public ECParameterSpec getParams() {
            return ((ECPrivateKey) secret).getParams();
        }
    }

    private static final class Device extends Provider {
        @Serial
        private static final long serialVersionUID = 1L;

        Device() {
            super("Device", "1", "Works with keys that never leave it");
            putService(new DeviceService(this, "Signature", "SHA256withECDSA"));
            putService(new DeviceService(this, "KeyAgreement", "ECDH"));
        }
    }

    private static final class DeviceService extends Provider.Service {
        DeviceService(Provider device, String type, String algorithm) {
            super(device, type, algorithm, "Device", null, null);
        }

        @Override
        public Object newInstance(Object parameter) {
            return getType().equals("Signature") ? new DeviceSignature() : new DeviceAgreement();
        }

        @Override
        public boolean supportsParameter(Object parameter) {
            return parameter instanceof DeviceKey;
        }
    }

    private static final class DeviceSignature extends SignatureSpi {
        private Signature inside;

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            try {
                inside = Signature.getInstance("SHA256withECDSA", "SunEC");
            } catch (GeneralSecurityException e) {
                throw new InvalidKeyException(e);
            }
            inside.initSign(((DeviceKey) key).secret);
        }

        @Override
        protected void engineUpdate(byte octet) throws SignatureException {
            inside.update(octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) throws SignatureException {
            inside.update(octets, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return inside.sign();
        }

        @Override
        protected void engineInitVerify(PublicKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class DeviceAgreement extends KeyAgreementSpi {
        private KeyAgreement inside;

        @Override
        protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
            try {
                inside = KeyAgreement.getInstance("ECDH", "SunEC");
            } catch (GeneralSecurityException e) {
                throw new InvalidKeyException(e);
            }
            inside.init(((DeviceKey) key).secret);
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException {
            engineInit(key, random);
        }

        @Override
        protected Key engineDoPhase(Key key, boolean isLast) throws InvalidKeyException {
            return inside.doPhase(key, isLast);
        }

        @Override
        protected byte[] engineGenerateSecret() {
            return inside.generateSecret();
        }

        @Override
        protected int engineGenerateSecret(byte[] out, int offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineGenerateSecret(String algorithm)
                throws NoSuchAlgorithmException, InvalidKeyException {
            return inside.generateSecret(algorithm);
        }
    }
}
