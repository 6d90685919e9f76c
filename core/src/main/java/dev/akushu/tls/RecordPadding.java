package dev.akushu.tls;

import java.util.random.RandomGenerator;

/**
 * How many zeros go behind the content of a protected record, so that its length says less about it. RFC 9846 section 5.4. The
 * receiver drops them. Safe for any number of threads.
 *
 * <p>Padding hides the length of a message only as far as it makes messages look alike: {@link #toMultipleOf} sorts them into
 * few sizes and is the one to begin with; what is {@link #random} averages out for whoever sees the same message often.
 */
@FunctionalInterface
public interface RecordPadding {
    /**
     * The number of zeros for one record. More than {@code room} counts as {@code room}: no record becomes longer than the
     * protocol and the peer allow, and a full one has no padding.
     *
     * @param contentLength the length of the content in bytes
     * @param room the most that fit
     * @param random of the configuration
     */
    int zeros(int contentLength, int room, RandomGenerator random);

    /** No padding. */
    static RecordPadding none() {
        return NoPadding.INSTANCE;
    }

    /** As much as makes content and padding a multiple of {@code bytes}, 1 or more; an empty record looks like one of {@code bytes}. */
    static RecordPadding toMultipleOf(int bytes) {
        requireLength(bytes, 1);
        return (content, room, random) -> content == 0 ? bytes : (bytes - content % bytes) % bytes;
    }

    /** {@code bytes} on each record. */
    static RecordPadding constant(int bytes) {
        requireLength(bytes, 0);
        return (content, room, random) -> bytes;
    }

    /** From none to {@code most} bytes on each record, each number as likely as the others. */
    static RecordPadding random(int most) {
        requireLength(most, 0);
        return (content, room, random) -> random.nextInt(most + 1);
    }

    private static void requireLength(int bytes, int least) {
        if (bytes < least || bytes > 1 << 14) {
            throw new IllegalArgumentException("padding must be " + least + " to 16,384 bytes: " + bytes);
        }
    }
}
