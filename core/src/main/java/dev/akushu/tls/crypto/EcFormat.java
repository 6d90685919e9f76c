package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;

/** Shares of the NIST curves: UncompressedPointRepresentation of RFC 9846 section 4.3.8.2. */
final class EcFormat implements ShareFormat {
    private static final int LEGACY_FORM = 4;

    private final EcCurve curve;
    private final int coordinateLength;
    private final KeyFactory keys;

    EcFormat(EcCurve curve, Provider provider) throws NoSuchAlgorithmException {
        this.curve = curve;
        this.coordinateLength = curve.coordinateLength();
        this.keys = KeyFactory.getInstance("EC", provider);
    }

    @Override
    public int length() {
        return 1 + 2 * coordinateLength;
    }

    @Override
    public ECParameterSpec parameters() {
        return curve.parameters();
    }

    @Override
    public Bytes encode(PublicKey key) {
        ECPoint point = ((ECPublicKey) key).getW();
        byte[] share = new byte[length()];
        share[0] = LEGACY_FORM;
        BigEndian.write(point.getAffineX(), share, 1, coordinateLength);
        BigEndian.write(point.getAffineY(), share, 1 + coordinateLength, coordinateLength);
        return Bytes.wrap(share);
    }

    /**
     * RFC 9846 section 4.3.8.2: the point MUST be validated: not infinity (which has no encoding of this length), both
     * coordinates in the field, on the curve.
     */
    @Override
    public PublicKey decode(Bytes share) throws BadKeyShareException {
        checkLength(share);
        if (share.at(0) != LEGACY_FORM) {
            throw new BadKeyShareException("the point is not in uncompressed form");
        }
        byte[] octets = share.toArray();
        BigInteger x = BigEndian.read(octets, 1, coordinateLength);
        BigInteger y = BigEndian.read(octets, 1 + coordinateLength, coordinateLength);
        if (!curve.isInField(x) || !curve.isInField(y)) {
            throw new BadKeyShareException("a coordinate of the point is not in the field of the curve");
        }
        if (!curve.contains(x, y)) {
            throw new BadKeyShareException("the point is not on the curve");
        }
        try {
            return keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve.parameters()));
        } catch (InvalidKeySpecException e) {
            throw new ProviderException("Every point on " + curve + " is a public key", e);
        }
    }
}
