package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.crypto.KeyExchange.ServerShare;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/**
 * What a native library must show before it is used: that it agrees with our own curves and the JDK on each primitive, and refuses what must be refused. Against a library that is broken,
 * built wrongly or run on a processor that it does not fit, not against one that cheats.
 */
final class SelfTest {
    private static final byte[] CONTENT = "self test".getBytes(StandardCharsets.US_ASCII);

    private final Accelerator candidate;
    private final Crypto judge = Crypto.ownCurves();

    private SelfTest(Accelerator candidate) {
        this.candidate = candidate;
    }

    /** Returns {@code candidate}, or throws {@link Problem#ACCELERATOR_WRONG}. */
    static Accelerator passed(Accelerator candidate) throws TlsException {
        SelfTest test = new SelfTest(candidate);
        for (KeyExchange group : candidate.groups()) {
            test.run(group.group(), () -> test.agree(group));
        }
        for (SignatureAlgorithm scheme : candidate.signatures()) {
            test.run(scheme.scheme(), () -> test.sign(scheme));
        }
        return candidate;
    }

    private interface Trial {
        void run() throws GeneralSecurityException, BadKeyShareException;
    }

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String reason) {
            super(reason);
        }
    }

    private void run(Object primitive, Trial trial) throws TlsException {
        try {
            trial.run();
        } catch (GeneralSecurityException | BadKeyShareException | RuntimeException failed) {
            throw Problem.ACCELERATOR_WRONG.causedBy(
                    failed, candidate.origin(), primitive, String.valueOf(failed.getMessage()));
        }
    }

    private void agree(KeyExchange group) throws BadKeyShareException {
        KeyExchange other = judge.group(group.group());
        if (other == null) {
            throw new Failed("there is nothing to compare it with");
        }
        agree(group, other);
        agree(other, group);
        byte[] bad = new byte[group.clientShareLength()];
        if (!group.group().equals(NamedGroup.X25519)) {
            // A point off the curve; zeros are a share of small order for X25519.
            bad = other.generate(judge.random()).share().toArray();
            bad[bad.length - 1] ^= 1;
        }
        try {
            group.respond(Bytes.wrap(bad), judge.random());
        } catch (BadKeyShareException refused) {
            return;
        }
        throw new Failed("it takes a share that must be refused");
    }

    private void agree(KeyExchange client, KeyExchange server) throws BadKeyShareException {
        ClientShare share = client.generate(judge.random());
        ClientShare another = client.generate(judge.random());
        try {
            if (another.share().equals(share.share())) {
                throw new Failed("it makes the same key twice");
            }
            ServerShare answer = server.respond(share.share(), judge.random());
            byte[] secret = share.agree(answer.share());
            boolean equal = MessageDigest.isEqual(secret, answer.secret());
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(answer.secret(), (byte) 0);
            if (!equal) {
                throw new Failed("it gives another secret");
            }
        } finally {
            share.destroy();
            another.destroy();
        }
    }

    private void sign(SignatureAlgorithm scheme) throws GeneralSecurityException {
        SignatureAlgorithm other = judge.signature(scheme.scheme());
        if (other == null) {
            throw new Failed("there is nothing to compare it with");
        }
        KeyPair pair = keyPair(scheme.scheme());
        byte[] signature = scheme.scheme().maySignHandshake()
                ? scheme.sign(pair.getPrivate(), CONTENT)
                : signedByJdk(scheme.scheme(), pair);
        if (isRandomized(scheme.scheme())
                && MessageDigest.isEqual(signature, scheme.sign(pair.getPrivate(), CONTENT))) {
            throw new Failed("it makes the same signature twice");
        }
        if (!other.verify(pair.getPublic(), CONTENT, signature)) {
            throw new Failed("it makes a signature that is not valid");
        }
        if (!scheme.verify(pair.getPublic(), CONTENT, signature)) {
            throw new Failed("it refuses a valid signature");
        }
        byte[] another = CONTENT.clone();
        another[0] ^= 1;
        if (scheme.verify(pair.getPublic(), another, signature)) {
            throw new Failed("it takes a signature for that of another content");
        }
    }

    private static boolean isRandomized(SignatureScheme scheme) {
        return scheme.toString().startsWith("ecdsa_") || scheme.toString().startsWith("rsa_pss_");
    }

    /** RSASSA-PKCS1-v1_5, which nothing here makes. */
    private static byte[] signedByJdk(SignatureScheme scheme, KeyPair pair) throws GeneralSecurityException {
        String hash = scheme.toString().substring("rsa_pkcs1_sha".length());
        Signature signer = Signature.getInstance("SHA" + hash + "withRSA", "SunRsaSign");
        signer.initSign(pair.getPrivate());
        signer.update(CONTENT);
        return signer.sign();
    }

    private static KeyPair keyPair(SignatureScheme scheme) throws GeneralSecurityException {
        String name = scheme.toString();
        if (name.startsWith("rsa")) {
            return RsaKey.pair();
        }
        if (name.equals("ed25519")) {
            return KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(new ECGenParameterSpec(name.split("_", -1)[1]));
        return generator.generateKeyPair();
    }

    /** A key that protects nothing; to make one takes too long. */
    private static final class RsaKey {
        private static final BigInteger P = new BigInteger(
                "ebb9c8e19ae38abdb7e0ff73a86439371a64671b5f871a876f511c293dc4109e"
                        + "19bc33ac716bbaaa29e321ab454398900d87f6755929a4543f7927fdfedd4a39"
                        + "fb755c52a790c9cac640538b9cbfd5f7a0bc4ea525cdafba850b9acfc16dac49"
                        + "e7f5579cf5542b4939e9a99186f30d267403c567125880dd63f7b0d3cea148d3",
                16);
        private static final BigInteger Q = new BigInteger(
                "c07ef215b1c83672ad56e1f6e86a0ee2df587b8e498fc250c68052b7db009723"
                        + "120d7104b1f94aed12d5824d072488ab0d9fc923e22e93d569094702e2c1ee37"
                        + "6b8c68b70f114b49c6e5b60c26686d6b78a6da2990b112a66f625bfcec25981f"
                        + "d16674384c72bfc8e05a2e4217066f6d7085a0a7508b2a735fc85df2b934bedd",
                16);
        private static final BigInteger E = BigInteger.valueOf(65_537);

        static KeyPair pair() throws GeneralSecurityException {
            BigInteger n = P.multiply(Q);
            BigInteger pMinus1 = P.subtract(BigInteger.ONE);
            BigInteger qMinus1 = Q.subtract(BigInteger.ONE);
            BigInteger d = E.modInverse(pMinus1.multiply(qMinus1));
            KeyFactory keys = KeyFactory.getInstance("RSA", "SunRsaSign");
            return new KeyPair(
                    keys.generatePublic(new RSAPublicKeySpec(n, E)),
                    keys.generatePrivate(
                            new RSAPrivateCrtKeySpec(n, E, d, P, Q, d.mod(pMinus1), d.mod(qMinus1), Q.modInverse(P))));
        }
    }
}
