package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;

/** Shares of X25519 and X448: the u-coordinate, little-endian. RFC 7748 section 5, RFC 9846 section 4.3.8.2. */
final class XdhFormat implements ShareFormat {
    private final NamedParameterSpec curve;
    private final int length;
    private final int highestOctetMask;
    private final KeyFactory keys;

    XdhFormat(NamedParameterSpec curve, int length, Provider provider) throws NoSuchAlgorithmException {
        this.curve = curve;
        this.length = length;
        // RFC 7748 section 5: receivers of X25519 MUST mask the most significant bit, which its field does not use.
        this.highestOctetMask = curve.getName().equals(NamedParameterSpec.X25519.getName()) ? 0x7f : 0xff;
        this.keys = KeyFactory.getInstance("XDH", provider);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public NamedParameterSpec parameters() {
        return curve;
    }

    @Override
    public Bytes encode(PublicKey key) {
        byte[] share = new byte[length];
        BigEndian.write(((XECPublicKey) key).getU(), share, 0, length);
        reverse(share);
        return Bytes.wrap(share);
    }

    /**
     * Takes any u-coordinate: RFC 7748 section 5 wants values from the prime on reduced, and points off the curve lie
     * on its twist, which is secure too.
     */
    @Override
    public PublicKey decode(Bytes share) throws BadKeyShareException {
        checkLength(share);
        byte[] octets = share.toArray();
        reverse(octets);
        octets[0] &= (byte) highestOctetMask;
        BigInteger u = BigEndian.read(octets, 0, length);
        try {
            return keys.generatePublic(new XECPublicKeySpec(curve, u));
        } catch (InvalidKeySpecException e) {
            throw new ProviderException("Every u-coordinate is a public key of " + curve.getName(), e);
        }
    }

    private static void reverse(byte[] octets) {
        for (int low = 0, high = octets.length - 1; low < high; low++, high--) {
            byte octet = octets[low];
            octets[low] = octets[high];
            octets[high] = octet;
        }
    }
}
