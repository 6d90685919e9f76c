package dev.akushu.curves;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** Signatures without parameters. */
abstract class PlainSignature extends SignatureSpi {
    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("It takes no parameters: " + parameters);
        }
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return null;
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("It takes no parameters");
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("It has no parameters");
    }
}
