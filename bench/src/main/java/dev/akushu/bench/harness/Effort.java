package dev.akushu.bench.harness;

import java.util.List;

/**
 * How long is measured.
 *
 * @param rounds how often each figure is taken, in a JVM of its own each time
 * @param seconds of CPU that one figure is measured for, once warm
 * @param longestWarmUp in halves of {@code seconds}
 */
public record Effort(int rounds, double seconds, int longestWarmUp) {
    /** For figures to be published. */
    public static final Effort FULL = new Effort(5, 2, 60);

    /** For a look: figures may be off by half. */
    public static final Effort QUICK = new Effort(1, 0.6, 60);

    /** Whether this is but a look. */
    public boolean isQuick() {
        return equals(QUICK);
    }

    /** {@code parts} times as short. */
    public Effort shorter(int parts) {
        return new Effort(rounds, seconds / parts, longestWarmUp);
    }

    /** As words for the command line of a fork. */
    public List<String> words() {
        return List.of(String.valueOf(rounds), String.valueOf(seconds), String.valueOf(longestWarmUp));
    }

    /** Of {@link #words}, from the one with number {@code first} on. */
    public static Effort of(String[] words, int first) {
        return new Effort(
                Integer.parseInt(words[first]),
                Double.parseDouble(words[first + 1]),
                Integer.parseInt(words[first + 2]));
    }
}
