package dev.akushu.bench;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.KeyAgreement;

/** A provider through the JCA, with the JDK's own key objects where it takes them: what programs get that only register it. */
final class JcaContender implements Contender {
    private final String name;
    private final Provider provider;
    private final SecureRandom random = new SecureRandom();

    JcaContender(String name, Provider provider) {
        this.name = name;
        this.provider = provider;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Task task(Operation operation) throws GeneralSecurityException {
        return switch (operation) {
            case X25519_GENERATE -> this::generateX25519;
            case X25519_AGREE -> agree("X25519", Keys.pair("X25519"), Keys.pair("X25519"));
            case P256_ECDH -> agree("ECDH", Keys.ec("secp256r1"), Keys.ec("secp256r1"));
            case P384_ECDH -> agree("ECDH", Keys.ec("secp384r1"), Keys.ec("secp384r1"));
            case P256_SIGN -> sign("SHA256withECDSA", Keys.ec("secp256r1"));
            case P384_SIGN -> sign("SHA384withECDSA", Keys.ec("secp384r1"));
            case ED25519_SIGN -> sign("Ed25519", Keys.pair("Ed25519"));
            case P256_VERIFY_KNOWN -> verify(Keys.p256());
            case P384_VERIFY_KNOWN -> verifyOne("SHA384withECDSA", Keys.ec("secp384r1"));
            case ED25519_VERIFY -> verifyOne("Ed25519", Keys.pair("Ed25519"));
            case P256_VERIFY_MANY -> verifyMany("SHA256withECDSA", "secp256r1");
            case P384_VERIFY_MANY -> verifyMany("SHA384withECDSA", "secp384r1");
            case PATH -> CertificatePaths.byPkix(provider);
        };
    }

    @Override
    public Task verify(Keys.Signed signed) {
        return () -> verify("SHA256withECDSA", signed.key(), signed.signature());
    }

    private Object generateX25519() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("X25519", provider).generateKeyPair();
    }

    private Task agree(String algorithm, KeyPair own, KeyPair peer) throws GeneralSecurityException {
        try {
            secret(algorithm, own.getPrivate(), peer.getPublic());
        } catch (InvalidKeyException onlyItsOwnKeys) {
            return agreeOfOwnKeys(algorithm, own, peer);
        }
        return () -> secret(algorithm, own.getPrivate(), peer.getPublic());
    }

    /** Its own key is translated once, and the peer's read from its encoding in each call, as a key share is: some microseconds that the others are spared. */
    private Task agreeOfOwnKeys(String algorithm, KeyPair own, KeyPair peer) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(algorithm, provider);
        PrivateKey ownKey = (PrivateKey) factory.translateKey(own.getPrivate());
        X509EncodedKeySpec peerKey = new X509EncodedKeySpec(peer.getPublic().getEncoded());
        return () -> secret(algorithm, ownKey, factory.generatePublic(peerKey));
    }

    private byte[] secret(String algorithm, PrivateKey own, PublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm, provider);
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    private Task sign(String algorithm, KeyPair own) {
        PrivateKey key = own.getPrivate();
        return () -> {
            Signature signer = Signature.getInstance(algorithm, provider);
            signer.initSign(key, random);
            signer.update(Keys.MESSAGE);
            return signer.sign();
        };
    }

    private Task verifyOne(String algorithm, KeyPair pair) throws GeneralSecurityException {
        byte[] signature = Keys.signature(algorithm, pair);
        return () -> verify(algorithm, pair.getPublic(), signature);
    }

    private Task verifyMany(String algorithm, String curve) throws GeneralSecurityException {
        List<Keys.Signed> all = Keys.many(algorithm, curve);
        AtomicInteger next = new AtomicInteger();
        return () -> {
            Keys.Signed signed = all.get(next.getAndIncrement() & Keys.MANY - 1);
            return verify(algorithm, signed.key(), signed.signature());
        };
    }

    private Object verify(String algorithm, PublicKey key, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm, provider);
        verifier.initVerify(key);
        verifier.update(Keys.MESSAGE);
        if (!verifier.verify(signature)) {
            throw new SignatureException(name + " does not accept a signature that SunEC made by " + algorithm);
        }
        return verifier;
    }
}
