package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** The forms in which private keys stand in PEM files, all brought to PKCS#8 (RFC 5208), which the JDK reads. */
final class PrivateKeys {
    /** The labels of blocks that hold a private key. */
    static final List<String> LABELS =
            List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY");

    private static final byte[] VERSION_0 = {DerReader.INTEGER, 1, 0};
    private static final byte[] NULL = {DerReader.NULL, 0};

    /** 1.2.840.113549.1.1.1 */
    private static final byte[] RSA_ENCRYPTION =
            Bytes.fromHex("06092a864886f70d010101").toArray();

    /** 1.2.840.10045.2.1 */
    private static final byte[] EC_PUBLIC_KEY =
            Bytes.fromHex("06072a8648ce3d0201").toArray();

    private PrivateKeys() {}

    /**
     * What to do about an encrypted key, which is not read: a password does not belong into a configuration beside it.
     */
    static String encrypted(Path file) {
        return "it is encrypted; decrypt it with: openssl pkey -in " + file + " -out key.pem";
    }

    /** The key in {@code block}, which is not encrypted. */
    static PrivateKey read(Path file, PemBlock block) throws TlsException {
        byte[] content = block.decode();
        byte[] pkcs8 = new byte[0];
        try {
            pkcs8 = switch (block.label()) {
                case "EC PRIVATE KEY" -> fromSec1(file, content);
                case "RSA PRIVATE KEY" -> fromPkcs1(content);
                default -> content.clone();
            };
            return decode(file, pkcs8);
        } catch (DerException e) {
            throw Problem.PEM_MALFORMED.causedBy(e, file.toString(), block.label(), e.reason());
        } finally {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static PrivateKey decode(Path file, byte[] pkcs8) throws DerException, TlsException {
        DerReader whole = DerReader.of(pkcs8);
        DerReader info = whole.enter(DerReader.SEQUENCE, "PrivateKeyInfo");
        whole.expectEnd("PrivateKeyInfo");
        info.smallInteger("version");
        Bytes identifier = info.element("privateKeyAlgorithm");
        String algorithm = keyFactory(file, algorithm(identifier));
        if (!algorithm.startsWith("ML-DSA")) {
            return decode(file, algorithm, pkcs8);
        }
        return mlDsa(file, algorithm, identifier, info.enter(DerReader.OCTET_STRING, "privateKey"));
    }

    /** RFC 9881 section 6: the seed, the expanded key, or both. */
    private static PrivateKey mlDsa(Path file, String algorithm, Bytes identifier, DerReader privateKey)
            throws DerException, TlsException {
        if (privateKey.nextIs(DerReader.primitive(0))) {
            byte[] seed = privateKey.contentToWipe(DerReader.primitive(0), "seed");
            try {
                return MlDsaSeed.expand(file, algorithm, seed);
            } finally {
                Arrays.fill(seed, (byte) 0);
            }
        }
        byte[] expanded = expanded(privateKey);
        byte[] readable = wrap(identifier.toArray(), expanded);
        try {
            return decode(file, algorithm, readable);
        } finally {
            Arrays.fill(expanded, (byte) 0);
            Arrays.fill(readable, (byte) 0);
        }
    }

    private static PrivateKey decode(Path file, String algorithm, byte[] pkcs8) throws TlsException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (NoSuchAlgorithmException e) {
            throw Problem.PRIVATE_KEY_UNSUPPORTED.causedBy(e, file.toString(), "this JVM has no " + algorithm);
        } catch (InvalidKeySpecException e) {
            throw Problem.PRIVATE_KEY_UNSUPPORTED.causedBy(
                    e, file.toString(), "the JVM's " + algorithm + " does not read it: " + e.getMessage());
        }
    }

    /** The expanded key of ML-DSA as the JDK wants it, alone. */
    private static byte[] expanded(DerReader privateKey) throws DerException {
        DerReader fields = privateKey;
        if (privateKey.nextIs(DerReader.SEQUENCE)) {
            fields = privateKey.enterNext("both");
            fields.enter(DerReader.OCTET_STRING, "seed");
        }
        if (!fields.nextIs(DerReader.OCTET_STRING)) {
            throw new DerException(fields.position(), "expandedKey is no OCTET STRING");
        }
        return fields.elementToWipe("expandedKey");
    }

    private static String algorithm(Bytes identifier) throws DerException {
        return DerReader.of(identifier.toArray())
                .enter(DerReader.SEQUENCE, "privateKeyAlgorithm")
                .objectIdentifier("privateKeyAlgorithm");
    }

    private static String keyFactory(Path file, String identifier) throws TlsException {
        return switch (identifier) {
            case KeyKind.RSA -> "RSA";
            case KeyKind.RSASSA_PSS -> "RSASSA-PSS";
            case KeyKind.EC -> "EC";
            case KeyKind.ED25519 -> "Ed25519";
            case KeyKind.ED448 -> "Ed448";
            case KeyKind.MLDSA44 -> "ML-DSA-44";
            case KeyKind.MLDSA65 -> "ML-DSA-65";
            case KeyKind.MLDSA87 -> "ML-DSA-87";
            default ->
                throw Problem.PRIVATE_KEY_UNSUPPORTED.with(
                        file.toString(), "TLS 1.3 has no signature scheme for the algorithm " + identifier);
        };
    }

    /** RSAPrivateKey of RFC 8017 A.1.2. */
    private static byte[] fromPkcs1(byte[] rsaPrivateKey) {
        byte[] algorithm = DerWriter.value(DerReader.SEQUENCE, RSA_ENCRYPTION, NULL);
        return wrap(algorithm, rsaPrivateKey);
    }

    /** ECPrivateKey of RFC 5915, whose curve PKCS#8 has in its algorithm. */
    private static byte[] fromSec1(Path file, byte[] ecPrivateKey) throws DerException, TlsException {
        DerReader key = DerReader.of(ecPrivateKey).enter(DerReader.SEQUENCE, "ECPrivateKey");
        key.smallInteger("version");
        key.enter(DerReader.OCTET_STRING, "privateKey");
        if (!key.nextIs(DerReader.constructed(0))) {
            throw Problem.PRIVATE_KEY_UNSUPPORTED.with(file.toString(), "it does not name its curve");
        }
        byte[] curve = key.enterNext("parameters").element("namedCurve").toArray();
        return wrap(DerWriter.value(DerReader.SEQUENCE, EC_PUBLIC_KEY, curve), ecPrivateKey);
    }

    private static byte[] wrap(byte[] algorithm, byte[] privateKey) {
        byte[] octets = DerWriter.value(DerReader.OCTET_STRING, privateKey);
        try {
            return DerWriter.value(DerReader.SEQUENCE, VERSION_0, algorithm, octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
