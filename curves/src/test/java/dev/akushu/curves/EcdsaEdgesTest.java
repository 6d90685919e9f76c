package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What chance never brings into ECDSA: hashes near the order, nonces that are none, an s of 0, secrets of other lengths. */
class EcdsaEdgesTest {
    private static final byte[] NOTHING_ADDED = {};

    enum Curve {
        P256("secp256r1", 32) {
            @Override
            boolean sign(long[] d, long[] z, byte[] nonce, byte[] out) {
                return dev.akushu.curves.P256.sign(d, z, nonce, out, 0);
            }

            @Override
            void sign(byte[] secret, byte[] digest, byte[] added, byte[] out) {
                dev.akushu.curves.P256.sign(secret, "SHA256", digest, added, out, 0);
            }

            @Override
            void sign(byte[] secret, byte[] digest, SecureRandom random, byte[] out) {
                dev.akushu.curves.P256.sign(secret, "SHA256", digest, random, out, 0);
            }

            @Override
            void publicKey(byte[] secret) {
                dev.akushu.curves.P256.publicKey(secret, new byte[65], 0);
            }

            @Override
            void agree(byte[] secret, byte[] peer) {
                dev.akushu.curves.P256.agree(secret, peer, 0, peer.length, new byte[32], 0);
            }
        },
        P384("secp384r1", 48) {
            @Override
            boolean sign(long[] d, long[] z, byte[] nonce, byte[] out) {
                return dev.akushu.curves.P384.sign(d, z, nonce, out, 0);
            }

            @Override
            void sign(byte[] secret, byte[] digest, byte[] added, byte[] out) {
                dev.akushu.curves.P384.sign(secret, "SHA256", digest, added, out, 0);
            }

            @Override
            void sign(byte[] secret, byte[] digest, SecureRandom random, byte[] out) {
                dev.akushu.curves.P384.sign(secret, "SHA256", digest, random, out, 0);
            }

            @Override
            void publicKey(byte[] secret) {
                dev.akushu.curves.P384.publicKey(secret, new byte[97], 0);
            }

            @Override
            void agree(byte[] secret, byte[] peer) {
                dev.akushu.curves.P384.agree(secret, peer, 0, peer.length, new byte[48], 0);
            }
        };

        private final ECNamedCurveParameterSpec theirs;
        private final int length;

        Curve(String name, int length) {
            this.theirs = ECNamedCurveTable.getParameterSpec(name);
            this.length = length;
        }

        void sign(byte[] secret, byte[] digest, byte[] out) {
            sign(secret, digest, NOTHING_ADDED, out);
        }

        abstract void sign(byte[] secret, byte[] digest, byte[] added, byte[] out);

        abstract void sign(byte[] secret, byte[] digest, SecureRandom random, byte[] out);

        abstract boolean sign(long[] d, long[] z, byte[] nonce, byte[] out);

        abstract void publicKey(byte[] secret);

        abstract void agree(byte[] secret, byte[] peer);

        BigInteger n() {
            return theirs.getN();
        }

        byte[] octets(BigInteger value) {
            return EcdsaTest.fixed(value, length);
        }

        long[] words(BigInteger value) {
            return Words.of(value, length / 8);
        }

        byte[] base() {
            return theirs.getG().getEncoded(false);
        }

        private BigInteger[] signByAnother(byte[] secret, byte[] digest) {
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            ECDomainParameters domain = new ECDomainParameters(theirs.getCurve(), theirs.getG(), n());
            signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), domain));
            return signer.generateSignature(digest);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hashesAroundTheOrderAreSignedAsByAnother(Curve curve) {
        List<BigInteger> hashes = new ArrayList<>();
        BigInteger most = BigInteger.ONE.shiftLeft(8 * curve.length).subtract(BigInteger.ONE);
        for (int i = -2; i <= 2; i++) {
            hashes.add(curve.n().add(BigInteger.valueOf(i)));
        }
        hashes.addAll(List.of(BigInteger.ZERO, BigInteger.ONE, most, most.subtract(BigInteger.ONE)));
        byte[] secret = curve.octets(BigInteger.valueOf(0xbeef));
        for (BigInteger hash : hashes) {
            byte[] digest = curve.octets(hash);
            byte[] signature = new byte[2 * curve.length];
            curve.sign(secret, digest, signature);
            BigInteger[] expected = curve.signByAnother(secret, digest);
            assertThat(new BigInteger(1, Arrays.copyOf(signature, curve.length)))
                    .as("r of %s", hash)
                    .isEqualTo(expected[0]);
            assertThat(new BigInteger(1, Arrays.copyOfRange(signature, curve.length, 2 * curve.length)))
                    .as("s of %s", hash)
                    .isEqualTo(expected[1]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nonceOutOfRangeMakesNoSignature(Curve curve) {
        long[] one = curve.words(BigInteger.ONE);
        BigInteger most = BigInteger.ONE.shiftLeft(8 * curve.length).subtract(BigInteger.ONE);
        for (BigInteger wrong : List.of(BigInteger.ZERO, curve.n(), curve.n().add(BigInteger.ONE), most)) {
            assertThat(curve.sign(one, one, curve.octets(wrong), new byte[2 * curve.length]))
                    .isFalse();
        }
        for (BigInteger right : List.of(BigInteger.ONE, curve.n().subtract(BigInteger.ONE))) {
            assertThat(curve.sign(one, one, curve.octets(right), new byte[2 * curve.length]))
                    .isTrue();
        }
    }

    /** s = (z + r d) / k is 0 where z = -r d: then FIPS 186-5 wants another nonce, for the signature would tell the key. */
    @ParameterizedTest
    @EnumSource
    void nonceThatMakesSZeroMakesNoSignature(Curve curve) {
        BigInteger d = BigInteger.valueOf(12345);
        byte[] nonce = curve.octets(BigInteger.valueOf(7));
        byte[] out = new byte[2 * curve.length];
        assertThat(curve.sign(curve.words(d), curve.words(BigInteger.ONE), nonce, out))
                .isTrue();
        BigInteger r = new BigInteger(1, Arrays.copyOf(out, curve.length));
        BigInteger z = r.multiply(d).negate().mod(curve.n());
        assertThat(curve.sign(curve.words(d), curve.words(z), nonce, out)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void secretOfAnotherLengthIsRefused(Curve curve) {
        for (int length : new int[] {0, curve.length - 1, curve.length + 1}) {
            byte[] secret = new byte[length];
            Arrays.fill(secret, (byte) 1);
            String found = String.valueOf(length);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.sign(secret, new byte[32], new byte[2 * curve.length]))
                    .withMessageContaining(found);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.publicKey(secret))
                    .withMessageContaining(found);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.agree(secret, curve.base()))
                    .withMessageContaining(found);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void secretOfEd25519HasItsLength(int length) {
        byte[] secret = new byte[length];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ed25519.sign(secret, new byte[1], new byte[64], 0))
                .withMessageContaining(String.valueOf(length));
    }

    @ParameterizedTest
    @EnumSource
    void addedRandomnessIsTheCallers(Curve curve) {
        byte[] secret = EcdsaTest.fixed(BigInteger.TEN, curve.length);
        byte[] digest = new byte[32];
        byte[] added = new byte[32];
        Arrays.fill(added, (byte) 9);
        byte[] expected = new byte[2 * curve.length];
        curve.sign(secret, digest, added, expected);
        SecureRandom nines = new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 9);
            }
        };
        byte[] signature = new byte[2 * curve.length];
        curve.sign(secret, digest, nines, signature);
        assertThat(signature).isEqualTo(expected);
        curve.sign(secret, digest, signature);
        assertThat(signature).isNotEqualTo(expected);
    }
}
