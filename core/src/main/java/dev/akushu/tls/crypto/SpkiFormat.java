package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Shares for a native library: a SubjectPublicKeyInfo (RFC 5480, RFC 8410) is the share behind a constant prefix, and the library takes it as it is. It is the library that checks that
 * the point is on the curve; {@link SelfTest} sees to it that it does.
 */
final class SpkiFormat implements ShareFormat {
    private static final int UNCOMPRESSED = 4;

    private final byte[] prefix;
    private final int length;
    /** Of a curve with points, which has them in uncompressed form; null if shares are single coordinates. */
    private final @Nullable ECGenParameterSpec curve;

    private final KeyFactory keys;

    private SpkiFormat(
            String prefix, int length, @Nullable ECGenParameterSpec curve, String algorithm, Provider provider)
            throws NoSuchAlgorithmException {
        this.prefix = HexFormat.of().parseHex(prefix);
        this.length = length;
        this.curve = curve;
        this.keys = KeyFactory.getInstance(algorithm, provider);
    }

    static SpkiFormat x25519(Provider provider) throws NoSuchAlgorithmException {
        return new SpkiFormat("302a300506032b656e032100", 32, null, "XDH", provider);
    }

    static SpkiFormat secp256r1(Provider provider) throws NoSuchAlgorithmException {
        return point("secp256r1", "3059301306072a8648ce3d020106082a8648ce3d030107034200", 65, provider);
    }

    static SpkiFormat secp384r1(Provider provider) throws NoSuchAlgorithmException {
        return point("secp384r1", "3076301006072a8648ce3d020106052b81040022036200", 97, provider);
    }

    static SpkiFormat secp521r1(Provider provider) throws NoSuchAlgorithmException {
        return point("secp521r1", "30819b301006072a8648ce3d020106052b8104002303818600", 133, provider);
    }

    private static SpkiFormat point(String curve, String prefix, int length, Provider provider)
            throws NoSuchAlgorithmException {
        return new SpkiFormat(prefix, length, new ECGenParameterSpec(curve), "EC", provider);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public @Nullable AlgorithmParameterSpec parameters() {
        return curve;
    }

    @Override
    public Bytes encode(PublicKey key) {
        byte[] info = key.getEncoded();
        boolean known = info.length == prefix.length + length
                && Arrays.equals(info, 0, prefix.length, prefix, 0, prefix.length);
        if (!known) {
            throw new ProviderException(key.getClass().getName() + " encodes a public key in an unknown way");
        }
        return Bytes.copyOf(info, prefix.length, length);
    }

    @Override
    public PublicKey decode(Bytes share) throws BadKeyShareException {
        checkLength(share);
        // RFC 9846 section 4.3.8.2: the uncompressed form alone.
        if (curve != null && share.at(0) != UNCOMPRESSED) {
            throw new BadKeyShareException("the point is not in uncompressed form");
        }
        byte[] info = Arrays.copyOf(prefix, prefix.length + length);
        share.copyTo(info, prefix.length);
        try {
            return keys.generatePublic(new X509EncodedKeySpec(info));
        } catch (InvalidKeySpecException | RuntimeException refused) {
            // Natives also throw exceptions of their own kind.
            throw new BadKeyShareException("the point is not on the curve", refused);
        }
    }
}
