package dev.akushu.curves;

import java.security.SecureRandom;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The random cases of a differential test, in batches that run on all processors, each with random numbers of its own: 500 cases where nothing is said, as many as the property
 * {@code akushu.curves.cases} says, 100,000 in the build. The seed is printed, and can be given as {@code akushu.curves.seed}; so is that of a JVM that compiles at random.
 */
final class Cases {
    /** Of each kind. */
    static final int COUNT = Integer.getInteger("akushu.curves.cases", 500);

    /** The cases of one batch. */
    static final int BATCH = 250;

    private Cases() {}

    /** A batch of {@value #BATCH} cases. */
    interface Batch {
        void run(Random random) throws Exception;
    }

    static void inBatches(int cases, Batch batch) {
        long seed = Long.getLong("akushu.curves.seed", new SecureRandom().nextLong());
        int batches = Math.max(1, cases / BATCH);
        String stressSeed = System.getProperty("akushu.curves.stressSeed", "");
        System.out.println(batches * BATCH + " cases, akushu.curves.seed=" + seed
                + (stressSeed.isEmpty() ? "" : ", akushu.curves.stressSeed=" + stressSeed));
        IntStream.range(0, batches).parallel().forEach(i -> {
            try {
                batch.run(new Random(seed + i));
            } catch (Exception e) {
                throw new IllegalStateException("batch " + i + " of seed " + seed, e);
            } catch (AssertionError e) {
                throw new AssertionError("batch " + i + " of seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }
}
