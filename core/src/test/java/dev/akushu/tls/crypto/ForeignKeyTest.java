package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.akushu.tls.SignatureScheme;
import java.io.Serial;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Private keys of providers that are not the JDK's: in a device that never gives them away, or in classes of their own.
 */
@Isolated("installs a security provider for the whole JVM")
class ForeignKeyTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final byte[] CONTENT = {1, 2, 3};

    private final Provider device = new Device();

    @BeforeEach
    void plugTheDeviceIn() {
        Security.addProvider(device);
    }

    @AfterEach
    void pullTheDeviceOut() {
        Security.removeProvider(device.getName());
    }

    static List<SignatureAlgorithm> signatures() {
        Set<Integer> ofTheDevice = Set.of(0x0403, 0x0804, 0x080a, 0x0807, 0x0905);
        return Implementations.signatures().stream()
                .filter(algorithm -> ofTheDevice.contains(algorithm.scheme().code()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void keyThatCannotLeaveItsDeviceSigns(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());

        byte[] signature = algorithm.sign(new DeviceKey(pair.getPrivate()), CONTENT);

        assertThat(algorithm.verify(pair.getPublic(), CONTENT, signature)).isTrue();
    }

    @Test
    void keyWhoseProviderIsGoneIsRefused() {
        Security.removeProvider(device.getName());
        SignatureAlgorithm algorithm = CRYPTO.signature(SignatureScheme.ECDSA_SECP256R1_SHA256);
        PrivateKey key = new DeviceKey(TestKeys.of(algorithm.scheme()).getPrivate());

        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> algorithm.sign(key, CONTENT));
    }

    @Test
    void keyInADeviceMustStillBeOfTheTypeOfTheScheme() {
        SignatureAlgorithm algorithm = CRYPTO.signature(SignatureScheme.ECDSA_SECP256R1_SHA256);
        PrivateKey key =
                new DeviceKey(TestKeys.of(SignatureScheme.RSA_PSS_RSAE_SHA256).getPrivate());

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> algorithm.sign(key, CONTENT))
                .withMessageContaining("EC key");
    }

    static List<SignatureAlgorithm> ecdsa() {
        return signatures().stream()
                .filter(algorithm -> algorithm.scheme().equals(SignatureScheme.ECDSA_SECP256R1_SHA256))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ecdsa")
    void keyThatOnlyPretendsToHaveASecretGoesToItsOwnProvider(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());

        byte[] signature = algorithm.sign(new EcDeviceKey((ECPrivateKey) pair.getPrivate()), CONTENT);

        assertThat(algorithm.verify(pair.getPublic(), CONTENT, signature)).isTrue();
    }

    @Test
    void refusalOfEveryProviderIsReportedWithThatOfTheJdk() {
        Security.removeProvider(device.getName());
        SignatureAlgorithm algorithm = CRYPTO.signature(SignatureScheme.ECDSA_SECP256R1_SHA256);
        PrivateKey key =
                new EcDeviceKey((ECPrivateKey) TestKeys.of(algorithm.scheme()).getPrivate());

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> algorithm.sign(key, CONTENT))
                .satisfies(e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(RuntimeException.class));
    }

    static List<SignatureAlgorithm> signaturesOfBouncyCastle() {
        return Stream.of(CRYPTO, Implementations.OWN_CURVES, Implementations.ACCELERATED)
                .flatMap(crypto -> Stream.of(0x0403, 0x0804, 0x0807)
                        .map(SignatureScheme::of)
                        .map(crypto::signature))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("signaturesOfBouncyCastle")
    void keysOfBouncyCastleWorkWithItsProviderNotInstalled(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());
        String type = TestKeys.type(algorithm.scheme()).replace("secp256r1", "EC");
        KeyFactory factory = KeyFactory.getInstance(type, new BouncyCastleProvider());
        PrivateKey foreignPrivate = factory.generatePrivate(
                new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
        PublicKey foreignPublic =
                factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));

        byte[] signature = algorithm.sign(foreignPrivate, CONTENT);

        assertThat(foreignPrivate).isNotInstanceOf(pair.getPrivate().getClass());
        assertThat(algorithm.verify(foreignPublic, CONTENT, signature)).isTrue();
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
            return secret.getAlgorithm();
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
    private static final class EcDeviceKey extends DeviceKey implements ECPrivateKey {
        @Serial
        private static final long serialVersionUID = 1L;

        EcDeviceKey(ECPrivateKey secret) {
            super(secret);
        }

        @Override
        public String getFormat() {
            return "PKCS#8";
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
            super("Device", "1", "Signs with keys that never leave it");
            for (String algorithm : new String[] {"SHA256withECDSA", "RSASSA-PSS", "Ed25519", "ML-DSA-65"}) {
                putService(new DeviceService(this, algorithm));
            }
        }
    }

    private static final class DeviceService extends Provider.Service {
        DeviceService(Provider device, String algorithm) {
            super(device, "Signature", algorithm, DeviceSignature.class.getName(), null, null);
        }

        @Override
        public Object newInstance(Object parameter) {
            return new DeviceSignature(getAlgorithm());
        }

        @Override
        public boolean supportsParameter(Object parameter) {
            return parameter instanceof DeviceKey;
        }
    }

    private static final class DeviceSignature extends SignatureSpi {
        private final String algorithm;
        private Signature inside;

        DeviceSignature(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            try {
                inside = Signature.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new InvalidKeyException(e);
            }
            inside.initSign(((DeviceKey) key).secret);
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            inside.setParameter(parameters);
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
}
