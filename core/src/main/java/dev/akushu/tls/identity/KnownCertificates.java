package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was read in certificates: what stands in one never changes, and it is known again by all of its bytes. Bounded, and without a lock: each has one place,
 * where the last one stays. For any number of threads.
 *
 * @param <T> what is known of one
 */
final class KnownCertificates<T> {
    /** How many at most. */
    static final int MOST = 256;

    /** In bytes of DER; what is longer is not remembered. Some applications accept whatever is shown. */
    static final int LONGEST = 8192;

    private final AtomicReferenceArray<@Nullable Known<T>> places = new AtomicReferenceArray<>(MOST);

    private record Known<T>(Bytes der, T value) {}

    /** What was kept for {@code der}, or null. */
    @Nullable T find(Bytes der) {
        Known<T> known = places.get(place(der));
        return known != null && known.der().equals(der) ? known.value() : null;
    }

    /** Remembers {@code value} for {@code der}, unless that is unusually long. */
    void keep(Bytes der, T value) {
        if (der.length() <= LONGEST) {
            places.set(place(der), new Known<>(der, value));
        }
    }

    private static int place(Bytes der) {
        return Math.floorMod(der.hashCode(), MOST);
    }
}
