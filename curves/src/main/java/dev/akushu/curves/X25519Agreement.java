package dev.akushu.curves;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.interfaces.XECKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** X25519 as a KeyAgreement. */
final class X25519Agreement extends Agreement {
    @Override
    byte[] secret(Key key) throws InvalidKeyException {
        if (!(key instanceof XECPrivateKey own) || !isX25519(own)) {
            throw new InvalidKeyException("No private key of X25519");
        }
        // A new copy each time, by the interface's contract.
        byte[] scalar = own.getScalar().orElseThrow(() -> new InvalidKeyException("The key does not leave its device"));
        if (scalar.length != X25519.LENGTH) {
            Arrays.fill(scalar, (byte) 0);
            throw new InvalidKeyException("A key of " + scalar.length + " octets");
        }
        return scalar;
    }

    @Override
    byte[] agree(byte[] secret, Key peer) throws InvalidKeyException {
        if (!(peer instanceof XECPublicKey key) || !isX25519(key)) {
            throw new InvalidKeyException("No public key of X25519");
        }
        byte[] out = new byte[X25519.LENGTH];
        if (!X25519.agree(secret, octets(key.getU()), 0, out, 0)) {
            Arrays.fill(out, (byte) 0);
            throw new InvalidKeyException("The peer's point has a small order");
        }
        return out;
    }

    private static byte[] octets(BigInteger u) throws InvalidKeyException {
        // RFC 7748 section 5: implementations mask bit 255, and BouncyCastle's keys have it as it came.
        if (!BigEndianOctets.fits(u, X25519.LENGTH)) {
            throw new InvalidKeyException("A u-coordinate of " + u.bitLength() + " bits");
        }
        byte[] big = BigEndianOctets.of(u, X25519.LENGTH);
        byte[] little = new byte[X25519.LENGTH];
        for (int i = 0; i < little.length; i++) {
            little[i] = big[little.length - 1 - i];
        }
        return little;
    }

    private static boolean isX25519(XECKey key) {
        return key.getParams() instanceof NamedParameterSpec named
                && named.getName().equalsIgnoreCase(NamedParameterSpec.X25519.getName());
    }
}
