package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.crypto.KeyExchange.ServerShare;
import dev.akushu.tls.crypto.Wycheproof.Vector;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.List;
import java.util.Locale;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The primitives at their edges, and whether they take and refuse what TLS 1.3 wants them to. */
class WycheproofTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final Crypto OWN_CURVES = Crypto.ownCurves();

    @Test
    void aesGcm() throws Exception {
        AeadAlgorithm aes128 = CRYPTO.suite(CipherSuite.TLS_AES_128_GCM_SHA256).aead();
        AeadAlgorithm aes256 = CRYPTO.suite(CipherSuite.TLS_AES_256_GCM_SHA384).aead();
        Wycheproof.vectors("aes_gcm")
                .each(
                        133,
                        WycheproofTest::isAeadOfTls,
                        vector -> checkAead(vector.number("keySize") == 128 ? aes128 : aes256, vector));
    }

    @Test
    void chaCha20Poly1305() throws Exception {
        AeadAlgorithm aead =
                CRYPTO.suite(CipherSuite.TLS_CHACHA20_POLY1305_SHA256).aead();
        Wycheproof.vectors("chacha20_poly1305")
                .each(316, WycheproofTest::isAeadOfTls, vector -> checkAead(aead, vector));
    }

    private static boolean isAeadOfTls(Vector vector) {
        return vector.number("ivSize") == 96 && vector.number("tagSize") == 128 && vector.number("keySize") != 192;
    }

    private static void checkAead(AeadAlgorithm algorithm, Vector vector) {
        byte[] nonce = vector.octets("iv");
        byte[] aad = vector.octets("aad");
        byte[] plaintext = vector.octets("msg");
        byte[] sealed = Bytes.fromHex(vector.text("ct") + vector.text("tag")).toArray();
        byte[] key = vector.octets("key");

        byte[] opened = new byte[plaintext.length];
        int length = algorithm.withKey(key).open(nonce, aad, aad.length, sealed, 0, sealed.length, opened, 0);
        byte[] resealed = new byte[sealed.length];
        algorithm.withKey(key).seal(nonce, aad, aad.length, plaintext, 0, plaintext.length, resealed, 0);

        if (vector.isValid()) {
            assertThat(length).as("%s", vector).isEqualTo(plaintext.length);
            assertThat(opened).as("%s", vector).isEqualTo(plaintext);
            assertThat(resealed).as("%s", vector).isEqualTo(sealed);
        } else {
            assertThat(length).as("%s", vector).isEqualTo(-1);
            assertThat(resealed).as("%s", vector).isNotEqualTo(sealed);
        }
    }

    /** The implementations of a group that are a security provider's. */
    private static List<DiffieHellman> implementations(int code) {
        return Implementations.groups().stream()
                .filter(exchange -> exchange.group().equals(NamedGroup.of(code)))
                .filter(DiffieHellman.class::isInstance)
                .map(DiffieHellman.class::cast)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"0x1d, x25519, 518", "0x1e, x448, 510"})
    void xdh(int code, String curve, int expected) throws Exception {
        NamedParameterSpec parameters = new NamedParameterSpec(curve.toUpperCase(Locale.ROOT));
        for (DiffieHellman exchange : implementations(code)) {
            Wycheproof.vectors(curve).each(expected, vector -> {
                PrivateKey own = privateKey("XDH", new XECPrivateKeySpec(parameters, vector.octets("private")));
                byte[] secret = vector.octets("shared");
                // RFC 9846 section 7.4.2: what these vectors call acceptable is to be taken, but no all-zero result.
                boolean allZero = new BigInteger(1, secret).signum() == 0;
                checkAgreement(exchange, own, vector, !vector.isInvalid() && !allZero);
            });
        }
    }

    @Test
    void ownX25519() throws Exception {
        CurveExchange exchange = (CurveExchange) OWN_CURVES.group(NamedGroup.X25519);
        Wycheproof.vectors("x25519").each(518, vector -> {
            boolean allZero = new BigInteger(1, vector.octets("shared")).signum() == 0;
            checkAgreement(exchange, vector.octets("private"), vector, !vector.isInvalid() && !allZero);
        });
    }

    @ParameterizedTest
    @CsvSource({"0x17, secp256r1, 355", "0x18, secp384r1, 790"})
    void ownEcdh(int code, String curve, int expected) throws Exception {
        CurveExchange exchange = (CurveExchange) OWN_CURVES.group(NamedGroup.of(code));
        int length = exchange.clientShareLength() / 2;
        Wycheproof.vectors("ecdh_" + curve + "_ecpoint").each(expected, vector -> {
            byte[] scalar = new byte[length];
            BigEndian.write(new BigInteger(1, vector.octets("private")), scalar, 0, length);
            checkAgreement(exchange, scalar, vector, vector.isValid());
        });
    }

    private static void checkAgreement(CurveExchange exchange, byte[] own, Vector vector, boolean agrees)
            throws Exception {
        Bytes share = Bytes.fromHex(vector.text("public"));
        if (agrees) {
            assertThat(exchange.agree(own, share)).as("%s", vector).isEqualTo(vector.octets("shared"));
        } else {
            assertThatExceptionOfType(BadKeyShareException.class)
                    .as("%s", vector)
                    .isThrownBy(() -> exchange.agree(own, share));
        }
    }

    @ParameterizedTest
    @CsvSource({"0x17, secp256r1, 355", "0x18, secp384r1, 790", "0x19, secp521r1, 661"})
    void ecdh(int code, String curve, int expected) throws Exception {
        EcCurve parameters = EcCurve.named(curve, Security.getProvider("SunEC"));
        for (DiffieHellman exchange : implementations(code)) {
            Wycheproof.vectors("ecdh_" + curve + "_ecpoint").each(expected, vector -> {
                BigInteger scalar = new BigInteger(1, vector.octets("private"));
                PrivateKey own = privateKey("EC", new ECPrivateKeySpec(scalar, parameters.parameters()));
                // What these vectors call acceptable are compressed points, which TLS 1.3 does not have.
                checkAgreement(exchange, own, vector, vector.isValid());
            });
        }
    }

    private static void checkAgreement(DiffieHellman exchange, PrivateKey key, Vector vector, boolean agrees)
            throws Exception {
        Bytes share = Bytes.fromHex(vector.text("public"));
        PrivateKey own = forProviderOf(exchange, key);
        if (agrees) {
            assertThat(exchange.agree(own, share)).as("%s", vector).isEqualTo(vector.octets("shared"));
        } else {
            assertThatExceptionOfType(BadKeyShareException.class)
                    .as("%s", vector)
                    .isThrownBy(() -> exchange.agree(own, share));
        }
    }

    @ParameterizedTest
    @CsvSource({"mlkem_768, ML-KEM-768", "mlkem_1024, ML-KEM-1024"})
    void mlKemKeysAndDecapsulation(String file, String parameterSet) throws Exception {
        MlKem kem = mlKem(parameterSet);
        // The others have seeds of a wrong length, which cannot come up here.
        Wycheproof.vectors(file).each(173, vector -> vector.octets("seed").length == 64, vector -> {
            ClientShare own = kem.generate(new FixedRandom(vector.octets("seed")));
            Bytes ciphertext = Bytes.fromHex(vector.text("c"));

            assertThat(own.share().hex()).as("%s", vector).isEqualTo(vector.text("ek"));
            if (vector.isValid()) {
                assertThat(own.agree(ciphertext)).as("%s", vector).isEqualTo(vector.octets("K"));
            } else {
                assertThatExceptionOfType(BadKeyShareException.class)
                        .as("%s", vector)
                        .isThrownBy(() -> own.agree(ciphertext));
            }
        });
    }

    @Test
    void mlKemEncapsulation() throws Exception {
        MlKem kem = mlKem("ML-KEM-768");
        Wycheproof.vectors("mlkem_768_encaps").each(265, vector -> {
            Bytes share = Bytes.fromHex(vector.text("ek"));
            FixedRandom random = new FixedRandom(vector.octets("m"));
            if (vector.isValid()) {
                ServerShare server = kem.respond(share, random);
                assertThat(server.share().hex()).as("%s", vector).isEqualTo(vector.text("c"));
                assertThat(server.secret()).as("%s", vector).isEqualTo(vector.octets("K"));
            } else {
                assertThatExceptionOfType(BadKeyShareException.class)
                        .as("%s", vector)
                        .isThrownBy(() -> kem.respond(share, random));
            }
        });
    }

    private static MlKem mlKem(String parameterSet) throws Exception {
        Provider provider = Security.getProvider("SunJCE");
        return parameterSet.equals("ML-KEM-768") ? MlKem.mlKem768(provider) : MlKem.mlKem1024(provider);
    }

    @ParameterizedTest
    @CsvSource({
        "ecdsa_secp256r1_sha256, 0x0403, EC, 484",
        "ecdsa_secp384r1_sha384, 0x0503, EC, 504",
        "ecdsa_secp521r1_sha512, 0x0603, EC, 542",
        "ed25519, 0x0807, EdDSA, 151",
        "ed448, 0x0808, EdDSA, 87",
        "rsa_pss_2048_sha256_mgf1_32, 0x0804, RSA, 108",
        "rsa_pss_3072_sha256_mgf1_32, 0x0804, RSA, 108",
        "rsa_pss_4096_sha384_mgf1_48, 0x0805, RSA, 141",
        "rsa_pss_4096_sha512_mgf1_64, 0x0806, RSA, 179",
        "mldsa_65_verify, 0x0905, ML-DSA, 203"
    })
    void signatures(String file, int code, String keyAlgorithm, int expected) throws Exception {
        for (SignatureAlgorithm algorithm : Implementations.signatures()) {
            if (algorithm.scheme().code() == code) {
                signatures(algorithm, file, keyAlgorithm, expected);
            }
        }
    }

    private static void signatures(SignatureAlgorithm algorithm, String file, String keyAlgorithm, int expected)
            throws Exception {
        KeyFactory keys = KeyFactory.getInstance(keyAlgorithm);
        // TLS signs with the empty context of ML-DSA.
        Wycheproof.vectors(file)
                .each(
                        expected,
                        vector -> !vector.has("ctx") || vector.text("ctx").isEmpty(),
                        vector -> {
                            PublicKey key = keys.generatePublic(new X509EncodedKeySpec(vector.octets("publicKeyDer")));
                            assertThat(verifies(algorithm, key, vector))
                                    .as("%s", vector)
                                    .isEqualTo(vector.isValid());
                        });
    }

    /** A key of the wrong length, of which ML-DSA has some, is refused by an exception. */
    private static boolean verifies(SignatureAlgorithm algorithm, PublicKey key, Vector vector) {
        try {
            return algorithm.verify(key, vector.octets("msg"), vector.octets("sig"));
        } catch (InvalidKeyException e) {
            return false;
        }
    }

    /** The key as the exchange would make it: some take no other. */
    private static PrivateKey forProviderOf(DiffieHellman exchange, PrivateKey key) throws Exception {
        Provider provider = switch (exchange.origins().getFirst().name()) {
            case "Conscrypt" -> Conscrypt.newProvider();
            case "AmazonCorrettoCryptoProvider" -> AmazonCorrettoCryptoProvider.INSTANCE;
            default -> null;
        };
        return provider == null
                ? key
                : KeyFactory.getInstance(key.getAlgorithm(), provider)
                        .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }

    private static PrivateKey privateKey(String algorithm, KeySpec spec) throws Exception {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    }
}
