package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An operation allocates little, whether the JIT has seen it or not. The complete formulas, which stand in where the fast ones meet an exception, allocate hundreds of
 * kilobytes: here they must not be needed, or everything would be right and slow.
 */
class AllocationTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** What only the complete formulas allocate. */
    private static final long MUCH = 50_000;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SECRET = new byte[48];
    private static final byte[] DIGEST = new byte[48];
    private static final byte[] OUT = new byte[97];
    private static final byte[] PEER256 = new byte[P256.POINT_LENGTH];
    private static final byte[] PEER384 = new byte[P384.POINT_LENGTH];
    private static final byte[] PEER25519 = new byte[32];
    private static final byte[] SIGNATURE256 = new byte[64];
    private static final byte[] SIGNATURE384 = new byte[96];
    private static final byte[] SIGNATURE25519 = new byte[64];
    private static final byte[] KEY25519 = new byte[32];

    private static final EcdsaVerifier KNOWN256;
    private static final EcdsaVerifier KNOWN384;

    static {
        Arrays.fill(SECRET, (byte) 0x35);
        P256.publicKey(secret32(), PEER256, 0);
        P384.publicKey(SECRET, PEER384, 0);
        X25519.publicKey(secret32(), PEER25519, 0);
        Ed25519.publicKey(secret32(), KEY25519, 0);
        KNOWN256 = P256Verifier.of(PEER256, 0, 65).orElseThrow().withTable();
        KNOWN384 = P384Verifier.of(PEER384, 0, 97).orElseThrow().withTable();
        P256.sign(secret32(), "SHA256", DIGEST, RANDOM, SIGNATURE256, 0);
        P384.sign(SECRET, "SHA384", DIGEST, RANDOM, SIGNATURE384, 0);
        Ed25519.sign(secret32(), DIGEST, SIGNATURE25519, 0);
    }

    private static byte[] secret32() {
        return Arrays.copyOf(SECRET, 32);
    }

    /**
     * Operations, and the bytes that each may allocate without being compiled, and compiled. Half of what the prototype allocated, the target on
     * P-256 and X25519, is 600 for X25519, 4,200 for ECDH, 2,000 for a signature and 3,350 for a verification; all but the signature stay below it without a compiler.
     */
    enum Operation {
        X25519_KEY(600, 600, () -> X25519.publicKey(secret32(), OUT, 0)),
        X25519_AGREEMENT(400, 300, () -> X25519.agree(secret32(), PEER25519, 0, OUT, 0)),
        ED25519_SIGNATURE(7_000, 4_000, () -> Ed25519.sign(secret32(), DIGEST, OUT, 0)),
        ED25519_VERIFICATION(9_000, 8_000, () -> Ed25519.verify(KEY25519, DIGEST, SIGNATURE25519, 0)),
        P256_KEY(1_200, 1_000, () -> P256.publicKey(secret32(), OUT, 0)),
        P256_AGREEMENT(1_800, 1_500, () -> P256.agree(secret32(), PEER256, 0, 65, OUT, 0)),
        P256_SIGNATURE(2_900, 2_000, () -> P256.sign(secret32(), "SHA256", DIGEST, RANDOM, OUT, 0)),
        P256_VERIFICATION(
                2_000,
                1_600,
                () -> P256Verifier.of(PEER256, 0, 65).orElseThrow().verify(DIGEST, SIGNATURE256, 0)),
        P256_VERIFICATION_UNDER_KNOWN_KEY(1_100, 900, () -> KNOWN256.verify(DIGEST, SIGNATURE256, 0)),
        P384_KEY(1_500, 1_200, () -> P384.publicKey(SECRET, OUT, 0)),
        P384_AGREEMENT(2_300, 2_000, () -> P384.agree(SECRET, PEER384, 0, 97, OUT, 0)),
        P384_SIGNATURE(3_900, 2_700, () -> P384.sign(SECRET, "SHA384", DIGEST, RANDOM, OUT, 0)),
        P384_VERIFICATION(
                2_600,
                2_100,
                () -> P384Verifier.of(PEER384, 0, 97).orElseThrow().verify(DIGEST, SIGNATURE384, 0)),
        P384_VERIFICATION_UNDER_KNOWN_KEY(1_400, 1_200, () -> KNOWN384.verify(DIGEST, SIGNATURE384, 0));

        private final long most;
        private final long mostCompiled;
        private final Runnable work;

        Operation(long most, long mostCompiled, Runnable work) {
            this.most = most;
            this.mostCompiled = mostCompiled;
            this.work = work;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOperationAllocatesLittle(Operation operation) {
        for (int i = 0; i < 3; i++) {
            operation.work.run();
        }
        assertThat(allocatedBy(operation.work)).isLessThan(operation.most);
    }

    /**
     * C2's escape analysis leaves out most small objects: so it is in a server that has run for a while. In a JVM of its own, which waits for the compiler and has no agent that counts what is
     * covered.
     */
    @Test
    void compiledOperationsAllocateNoMoreThanTheirTargets() throws Exception {
        assumeTrue(System.getProperty("java.vm.name").startsWith("OpenJDK 64-Bit Server"), "only with C2");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xbatch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Compiled.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = jvm.inputReader().lines().toList();
        assertThat(jvm.waitFor()).as("%s", lines).isZero();
        assertThat(lines).hasSize(Operation.values().length).allSatisfy(line -> {
            String[] parts = line.split(" ", -1);
            assertThat(Long.parseLong(parts[1]))
                    .as(parts[0])
                    .isLessThanOrEqualTo(Operation.valueOf(parts[0]).mostCompiled);
        });
    }

    /** Prints for each operation what it allocates once it is compiled. */
    static final class Compiled {
        private static final int WARM_UP = 6_000;
        private static final int COUNTED = 100;

        private Compiled() {}

        public static void main(String[] arguments) {
            for (Operation operation : Operation.values()) {
                for (int i = 0; i < WARM_UP; i++) {
                    operation.work.run();
                }
                long all = allocatedBy(() -> {
                    for (int i = 0; i < COUNTED; i++) {
                        operation.work.run();
                    }
                });
                System.out.println(operation + " " + all / COUNTED);
            }
        }
    }

    /**
     * The last addition of a ladder doubles if the digit is -j and the scalar n - 2 j (or 2 j, which is served as that). With digits as they are, j must be 49 modulo 64 on
     * P-256, which no digit is, and 19 on P-384. Sums before the last are smaller than n and greater than any digit.
     */
    @Test
    void completeFormulasAreNeededForTwoScalarsOfP384Alone() {
        for (int j = 1; j < 32; j++) {
            BigInteger twice = BigInteger.valueOf(2L * j);
            for (BigInteger k : List.of(twice, CurveP256.N.subtract(twice))) {
                byte[] secret = EcdsaTest.fixed(k, 32);
                assertThat(allocatedBy(() -> P256.publicKey(secret, OUT, 0)))
                        .as("P-256, j = %d", j)
                        .isLessThan(MUCH);
                assertThat(allocatedBy(() -> P256.agree(secret, PEER256, 0, 65, OUT, 0)))
                        .as("P-256, j = %d", j)
                        .isLessThan(MUCH);
            }
            for (BigInteger k : List.of(twice, CurveP384.N.subtract(twice))) {
                byte[] secret = EcdsaTest.fixed(k, 48);
                assertThat(allocatedBy(() -> P384.publicKey(secret, OUT, 0)) > MUCH)
                        .as("P-384, j = %d", j)
                        .isEqualTo(j == 19);
                assertThat(allocatedBy(() -> P384.agree(secret, PEER384, 0, 97, OUT, 0)) > MUCH)
                        .as("P-384, j = %d", j)
                        .isEqualTo(j == 19);
            }
        }
    }

    private static long allocatedBy(Runnable work) {
        long before = THREAD.getCurrentThreadAllocatedBytes();
        work.run();
        return THREAD.getCurrentThreadAllocatedBytes() - before;
    }
}
