package dev.akushu.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The keys of a credential without a certificate: the runner gives the private one alone, as PKCS#8 in PEM. */
final class RawKeys {
    private static final byte UNCOMPRESSED = 4;

    private RawKeys() {}

    static PrivateKey privateKey(Path file) {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(content(file));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (GeneralSecurityException notOfACurve) {
            try {
                return KeyFactory.getInstance("RSA").generatePrivate(encoded);
            } catch (GeneralSecurityException neither) {
                neither.addSuppressed(notOfACurve);
                throw new IllegalArgumentException("no key on a curve and none of RSA: " + file, neither);
            }
        }
    }

    static PublicKey publicKey(Path file) {
        try {
            return switch (privateKey(file)) {
                case RSAPrivateCrtKey key ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
                case ECPrivateKey key ->
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point(file, key), key.getParams()));
                default -> throw new IllegalArgumentException("no key on a curve and none of RSA: " + file);
            };
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("no public key in " + file, unreadable);
        }
    }

    /** The runner writes the public key behind the private one, where RFC 5915 says that it may stand. */
    private static ECPoint point(Path file, ECPrivateKey key) {
        byte[] content = content(file);
        int coordinate = (key.getParams().getOrder().bitLength() + 7) / 8;
        int start = content.length - 2 * coordinate;
        if (content[start - 1] != UNCOMPRESSED) {
            throw new IllegalArgumentException("no public key behind the private one in " + file);
        }
        return new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(content, start, start + coordinate)),
                new BigInteger(1, Arrays.copyOfRange(content, start + coordinate, content.length)));
    }

    private static byte[] content(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[^-]+-----", "");
            return Base64.getMimeDecoder().decode(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
