package dev.akushu.curves;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ed25519 as a Signature. It needs the whole message, which it collects. */
final class Ed25519Signature extends PlainSignature {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private byte @Nullable [] publicKey;
    /** Its octets are taken out for each signature, and wiped after it. */
    private @Nullable EdECPrivateKey privateKey;

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        if (!(key instanceof EdECPublicKey ed) || !isEd25519(ed)) {
            throw new InvalidKeyException("No public key of Ed25519");
        }
        forget();
        byte[] octets = octets(ed);
        if (!Ed25519.isPublicKey(octets)) {
            throw new InvalidKeyException("No point in its one encoding");
        }
        publicKey = octets;
    }

    private static byte[] octets(EdECPublicKey key) throws InvalidKeyException {
        BigInteger y = key.getPoint().getY();
        if (y.signum() < 0 || y.bitLength() > 255) {
            throw new InvalidKeyException("A y-coordinate of " + y.bitLength() + " bits");
        }
        byte[] big = BigEndianOctets.of(y, Ed25519.LENGTH);
        byte[] little = new byte[Ed25519.LENGTH];
        for (int i = 0; i < little.length; i++) {
            little[i] = big[little.length - 1 - i];
        }
        little[31] = (byte) (little[31] | (key.getPoint().isXOdd() ? 0x80 : 0));
        return little;
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        if (!(key instanceof EdECPrivateKey ed) || !isEd25519(ed)) {
            throw new InvalidKeyException("No private key of Ed25519");
        }
        forget();
        Arrays.fill(secret(ed), (byte) 0);
        privateKey = ed;
    }

    private static byte[] secret(EdECPrivateKey key) throws InvalidKeyException {
        byte[] octets = key.getBytes().orElseThrow(() -> new InvalidKeyException("The key does not leave its device"));
        if (octets.length != Ed25519.LENGTH) {
            Arrays.fill(octets, (byte) 0);
            throw new InvalidKeyException("A key of " + octets.length + " octets");
        }
        return octets;
    }

    private void forget() {
        privateKey = null;
        publicKey = null;
        message.reset();
    }

    private static boolean isEd25519(EdECKey key) {
        return key.getParams().getName().equalsIgnoreCase(NamedParameterSpec.ED25519.getName());
    }

    @Override
    protected void engineUpdate(byte octet) {
        message.write(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {
        message.write(octets, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        EdECPrivateKey key = privateKey;
        byte[] signed = takeMessage();
        if (key == null) {
            throw new SignatureException("There is no private key");
        }
        byte[] own = ownSecret(key);
        try {
            byte[] signature = new byte[Ed25519.SIGNATURE_LENGTH];
            Ed25519.sign(own, signed, signature, 0);
            return signature;
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    private static byte[] ownSecret(EdECPrivateKey key) throws SignatureException {
        try {
            return secret(key);
        } catch (InvalidKeyException e) {
            throw new SignatureException("The private key has changed", e);
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        byte[] key = publicKey;
        byte[] signed = takeMessage();
        if (key == null) {
            throw new SignatureException("There is no public key");
        }
        return signature.length == Ed25519.SIGNATURE_LENGTH && Ed25519.verify(key, signed, signature, 0);
    }

    private byte[] takeMessage() {
        byte[] all = message.toByteArray();
        message.reset();
        return all;
    }
}
