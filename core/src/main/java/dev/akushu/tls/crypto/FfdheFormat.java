package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPublicKeySpec;

/**
 * Shares of the finite-field groups: the public value, padded with zeros to the length of the prime. RFC 9846 section
 * 4.3.8.1.
 */
final class FfdheFormat implements ShareFormat {
    private final FfdheGroup field;
    private final KeyFactory keys;

    FfdheFormat(FfdheGroup field, Provider provider) throws NoSuchAlgorithmException {
        this.field = field;
        this.keys = KeyFactory.getInstance("DH", provider);
    }

    @Override
    public int length() {
        return field.length();
    }

    @Override
    public DHParameterSpec parameters() {
        return field.parameters();
    }

    @Override
    public Bytes encode(PublicKey key) {
        byte[] share = new byte[length()];
        BigEndian.write(((DHPublicKey) key).getY(), share, 0, length());
        return Bytes.wrap(share);
    }

    @Override
    public PublicKey decode(Bytes share) throws BadKeyShareException {
        checkLength(share);
        BigInteger y = BigEndian.read(share.toArray(), 0, length());
        // RFC 9846 section 4.3.8.1: peers MUST ensure that 1 < Y < p-1, so that nobody is forced into a small subgroup.
        DHParameterSpec parameters = parameters();
        BigInteger prime = parameters.getP();
        if (y.compareTo(BigInteger.ONE) <= 0 || y.compareTo(prime.subtract(BigInteger.ONE)) >= 0) {
            throw new BadKeyShareException("the public value is not between 1 and p - 1");
        }
        try {
            return keys.generatePublic(new DHPublicKeySpec(y, prime, parameters.getG()));
        } catch (InvalidKeySpecException e) {
            throw new ProviderException("Every value between 1 and p - 1 is a public key", e);
        }
    }
}
