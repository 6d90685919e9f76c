package dev.akushu.curves;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Public keys of P-256 and P-384 that were met before. From its second verification on, a key has a table, with which
 * verification takes less than half the time: the keys of certification authorities are met in every handshake.
 *
 * <p>It holds at most {@value #KEYS} keys, of about 10 kB for P-256 and 22 kB for P-384. Where a key may lie depends on
 * its octets and on random numbers, so nobody can choose keys that drive out a certain other one; who presents many
 * keys makes others slower at worst, never wrong: a key is always compared in full. Safe for use by many threads,
 * without locks.
 */
public final class KnownKeys {
    /** The greatest number of keys. */
    public static final int KEYS = 256;

    private static final int WAYS = 4;

    private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(KEYS);
    private final long[] mask = new long[13];
    private final long[] factor = new long[13];

    private record Entry(byte[] point, EcdsaVerifier verifier) {
        boolean isFor(byte[] other) {
            return Arrays.equals(point, other);
        }
    }

    /** An empty one. */
    public KnownKeys() {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextLong();
            factor[i] = random.nextLong() | 1;
        }
    }

    /** A verifier for the uncompressed point of either curve, which its length tells, if it is on the curve. */
    public Optional<EcdsaVerifier> verifier(byte[] point) {
        long hash = hash(point);
        int set = set(hash);
        for (int i = set; i < set + WAYS; i++) {
            Entry entry = entries.get(i);
            if (entry != null && entry.isFor(point)) {
                return Optional.of(met(i, entry));
            }
        }
        Optional<EcdsaVerifier> fresh = decode(point);
        fresh.ifPresent(verifier -> entries.set(slot(set, hash), new Entry(point.clone(), verifier)));
        return fresh;
    }

    /** Whether the uncompressed point has a table, as one has that was met twice and not driven out. To ask is not to meet. */
    public boolean isPrepared(byte[] point) {
        int set = set(hash(point));
        for (int i = set; i < set + WAYS; i++) {
            Entry entry = entries.get(i);
            if (entry != null && entry.isFor(point)) {
                return entry.verifier.hasTable();
            }
        }
        return false;
    }

    private static int set(long hash) {
        return (int) (hash >>> 32) & KEYS - WAYS;
    }

    /** Met again: now a table is worth its price. Two threads may both make it, with the same result. */
    private EcdsaVerifier met(int i, Entry entry) {
        if (entry.verifier.hasTable()) {
            return entry.verifier;
        }
        EcdsaVerifier prepared = entry.verifier.withTable();
        entries.compareAndSet(i, entry, new Entry(entry.point, prepared));
        return prepared;
    }

    private static Optional<EcdsaVerifier> decode(byte[] point) {
        return switch (point.length) {
            case P256.POINT_LENGTH -> P256Verifier.of(point, 0, point.length).map(v -> v);
            case P384.POINT_LENGTH -> P384Verifier.of(point, 0, point.length).map(v -> v);
            default -> Optional.empty();
        };
    }

    /** An empty place, else one without a table, else any: keys that are met once do not drive out those met often. */
    private int slot(int set, long hash) {
        int withoutTable = -1;
        for (int i = set; i < set + WAYS; i++) {
            Entry entry = entries.get(i);
            if (entry == null) {
                return i;
            }
            if (!entry.verifier.hasTable()) {
                withoutTable = i;
            }
        }
        return withoutTable >= 0 ? withoutTable : set + ((int) hash & WAYS - 1);
    }

    /** Multilinear hashing with random factors: whoever does not know them finds no collisions. */
    private long hash(byte[] point) {
        long hash = 0;
        for (int i = 0; 8 * i + 8 < point.length && i < mask.length; i++) {
            long word = Words.little(point, 1 + 8 * i) ^ mask[i];
            hash += Math.multiplyHigh(word, factor[i]) ^ word * factor[i];
        }
        return hash ^ hash >>> 29;
    }
}
