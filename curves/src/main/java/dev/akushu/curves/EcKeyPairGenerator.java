package dev.akushu.curves;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Key pairs of P-256 and P-384. Other curves are another provider's. */
final class EcKeyPairGenerator extends KeyPairGeneratorSpi {
    /** The JDK's default for EC, too. */
    private EcdsaCurve curve = EcdsaCurve.P384;

    private @Nullable SecureRandom random;

    @Override
    public void initialize(int bits, @Nullable SecureRandom newRandom) {
        curve = switch (bits) {
            case 256 -> EcdsaCurve.P256;
            case 384 -> EcdsaCurve.P384;
            default -> throw new InvalidParameterException("No curve of " + bits + " bits here");
        };
        random = newRandom;
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, @Nullable SecureRandom newRandom)
            throws InvalidAlgorithmParameterException {
        Optional<EcdsaCurve> found = switch (parameters) {
            case ECGenParameterSpec named -> EcdsaCurve.of(named.getName());
            case ECParameterSpec explicit -> EcdsaCurve.of(explicit);
            default -> Optional.empty();
        };
        curve = found.orElseThrow(
                () -> new InvalidAlgorithmParameterException("Neither P-256 nor P-384: " + parameters));
        random = newRandom;
    }

    @Override
    public KeyPair generateKeyPair() {
        byte[] secret = new byte[curve.length()];
        byte[] point = new byte[2 * curve.length() + 1];
        curve.generate(DefaultRandom.unless(random), secret, point);
        KeyPair pair = JdkKeys.ec(curve, secret, point);
        Arrays.fill(secret, (byte) 0);
        return pair;
    }
}
