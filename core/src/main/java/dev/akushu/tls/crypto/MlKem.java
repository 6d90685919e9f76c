package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;

/**
 * ML-KEM, FIPS 203: the client's share is an encapsulation key, the server's a ciphertext. A part of the hybrids of RFC
 * 10024.
 *
 * <p>The JCA has no raw form of these keys; their SubjectPublicKeyInfo (RFC 9935) is the raw key behind a constant
 * prefix.
 */
final class MlKem implements KeyExchange {
    private final NamedGroup group;
    private final NamedParameterSpec parameters;
    private final byte[] infoPrefix;
    private final int encapsulationKeyLength;
    private final int ciphertextLength;
    private final Provider provider;
    private final KeyFactory keys;
    private final KEM kem;

    private MlKem(
            NamedGroup group,
            NamedParameterSpec parameters,
            String infoPrefix,
            int encapsulationKeyLength,
            int ciphertextLength,
            Provider provider)
            throws GeneralSecurityException {
        this.group = group;
        this.parameters = parameters;
        this.infoPrefix = HexFormat.of().parseHex(infoPrefix);
        this.encapsulationKeyLength = encapsulationKeyLength;
        this.ciphertextLength = ciphertextLength;
        this.provider = provider;
        this.keys = KeyFactory.getInstance(parameters.getName(), provider);
        this.kem = KEM.getInstance(parameters.getName(), provider);
        Services.require("KeyPairGenerator", name(), provider);
    }

    static MlKem mlKem768(Provider provider) throws GeneralSecurityException {
        return new MlKem(
                NamedGroup.of(0x0201),
                NamedParameterSpec.ML_KEM_768,
                "308204b2300b0609608648016503040402038204a100",
                1184,
                1088,
                provider);
    }

    static MlKem mlKem1024(Provider provider) throws GeneralSecurityException {
        return new MlKem(
                NamedGroup.of(0x0202),
                NamedParameterSpec.ML_KEM_1024,
                "30820632300b06096086480165030404030382062100",
                1568,
                1568,
                provider);
    }

    @Override
    public NamedGroup group() {
        return group;
    }

    @Override
    public int clientShareLength() {
        return encapsulationKeyLength;
    }

    @Override
    public List<Origin> origins() {
        return List.of(Origin.of(provider));
    }

    /** Length of a server's share in bytes. */
    int ciphertextLength() {
        return ciphertextLength;
    }

    @Override
    public ClientShare generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = newGenerator();
            generator.initialize(parameters, random);
            return new OwnShare(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new ProviderException(name() + " was there when its provider was looked up", e);
        }
    }

    @Override
    public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
        PublicKey encapsulationKey = decode(clientShare);
        KEM.Encapsulated encapsulated =
                newEncapsulator(encapsulationKey, random).encapsulate();
        return new ServerShare(
                Bytes.wrap(encapsulated.encapsulation()), encapsulated.key().getEncoded());
    }

    /** The JDK makes the encapsulation key checks of FIPS 203 section 7.2 here: length and modulus. */
    private KEM.Encapsulator newEncapsulator(PublicKey encapsulationKey, SecureRandom random)
            throws BadKeyShareException {
        try {
            return kem.newEncapsulator(encapsulationKey, random);
        } catch (InvalidKeyException e) {
            throw new BadKeyShareException("the encapsulation key of " + name() + " is not valid", e);
        }
    }

    private PublicKey decode(Bytes share) throws BadKeyShareException {
        checkLength("encapsulation key", encapsulationKeyLength, share);
        byte[] info = Arrays.copyOf(infoPrefix, infoPrefix.length + encapsulationKeyLength);
        share.copyTo(info, infoPrefix.length);
        try {
            return keys.generatePublic(new X509EncodedKeySpec(info));
        } catch (InvalidKeySpecException e) {
            throw new ProviderException("The JDK reads what it would write for " + name(), e);
        }
    }

    private Bytes encode(PublicKey encapsulationKey) {
        byte[] info = encapsulationKey.getEncoded();
        if (info.length != infoPrefix.length + encapsulationKeyLength) {
            throw new ProviderException("The JDK encodes keys of " + name() + " in an unknown way");
        }
        return Bytes.copyOf(info, infoPrefix.length, encapsulationKeyLength);
    }

    private void checkLength(String part, int expected, Bytes actual) throws BadKeyShareException {
        if (actual.length() != expected) {
            throw new BadKeyShareException(
                    "the " + part + " of " + name() + " has " + actual.length() + " bytes instead of " + expected);
        }
    }

    private KeyPairGenerator newGenerator() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(name(), provider);
    }

    private String name() {
        return parameters.getName();
    }

    private final class OwnShare implements ClientShare {
        private final Bytes share;
        private @Nullable PrivateKey decapsulationKey;

        OwnShare(KeyPair pair) {
            this.share = encode(pair.getPublic());
            this.decapsulationKey = pair.getPrivate();
        }

        @Override
        public NamedGroup group() {
            return group;
        }

        @Override
        public Bytes share() {
            return share;
        }

        /**
         * A ciphertext that was tampered with gives another secret, not an error: FIPS 203 section 6.3, implicit
         * rejection.
         */
        @Override
        public byte[] agree(Bytes serverShare) throws BadKeyShareException {
            PrivateKey own = decapsulationKey;
            if (own == null) {
                throw new IllegalStateException("The share is destroyed");
            }
            checkLength("ciphertext", ciphertextLength, serverShare);
            try {
                return kem.newDecapsulator(own)
                        .decapsulate(serverShare.toArray())
                        .getEncoded();
            } catch (DecapsulateException e) {
                throw new BadKeyShareException("the ciphertext of " + name() + " is not valid", e);
            } catch (InvalidKeyException e) {
                throw new ProviderException(name() + " cannot be used with a key of its own", e);
            }
        }

        @Override
        public void destroy() {
            PrivateKey own = decapsulationKey;
            decapsulationKey = null;
            if (own == null) {
                return;
            }
            try {
                own.destroy();
            } catch (DestroyFailedException e) {
                throw new ProviderException("The JDK can wipe keys of " + name(), e);
            }
        }
    }
}
