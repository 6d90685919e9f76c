package dev.akushu.tls.schedule;

import dev.akushu.tls.Bytes;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/** A known ephemeral key; the JDK computes with it, independently of the code under test. */
sealed interface EphemeralKey {
    /** The key_exchange bytes of this key, to be found in the hello message that carries them. */
    byte[] share(byte[] hello) throws GeneralSecurityException;

    byte[] agree(byte[] peerShare) throws GeneralSecurityException;

    private static byte[] agree(String algorithm, PrivateKey mine, PublicKey theirs) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
        agreement.init(mine);
        agreement.doPhase(theirs, true);
        return agreement.generateSecret();
    }

    record X25519(Bytes scalar) implements EphemeralKey {
        @Override
        public byte[] share(byte[] hello) throws GeneralSecurityException {
            byte[] basePoint = new byte[32];
            basePoint[0] = 9;
            return agree(basePoint);
        }

        @Override
        public byte[] agree(byte[] peerShare) throws GeneralSecurityException {
            KeyFactory factory = KeyFactory.getInstance("X25519");
            byte[] bigEndian = peerShare.clone();
            for (int i = 0; i < bigEndian.length; i++) {
                bigEndian[i] = peerShare[peerShare.length - 1 - i];
            }
            return EphemeralKey.agree(
                    "X25519",
                    factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar.toArray())),
                    factory.generatePublic(
                            new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian))));
        }
    }

    record P256(Bytes scalar) implements EphemeralKey {
        @Override
        public byte[] share(byte[] hello) throws GeneralSecurityException {
            // The JDK multiplies only in a key agreement, which gives x alone; y is what follows x in the message.
            byte[] x = agree(parameters().getGenerator());
            String text = HexFormat.of().formatHex(hello);
            int at = text.indexOf("04" + HexFormat.of().formatHex(x)) / 2;
            return Arrays.copyOfRange(hello, at, at + 65);
        }

        @Override
        public byte[] agree(byte[] peerShare) throws GeneralSecurityException {
            return agree(new ECPoint(
                    new BigInteger(1, Arrays.copyOfRange(peerShare, 1, 33)),
                    new BigInteger(1, Arrays.copyOfRange(peerShare, 33, 65))));
        }

        private byte[] agree(ECPoint point) throws GeneralSecurityException {
            KeyFactory factory = KeyFactory.getInstance("EC");
            return EphemeralKey.agree(
                    "ECDH",
                    factory.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, scalar.toArray()), parameters())),
                    factory.generatePublic(new ECPublicKeySpec(point, parameters())));
        }

        private static ECParameterSpec parameters() throws GeneralSecurityException {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        }
    }
}
