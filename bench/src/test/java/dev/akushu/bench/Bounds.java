package dev.akushu.bench;

/**
 * The most that Akushu may allocate, in bytes of heap, both ends together. <b>To lower one:</b> run {@code ./mvnw -pl bench -am test -Dtest=AllocationTest -Dsurefire.failIfNoSpecifiedTests=false}, and write here what it says.
 *
 * <p>These are counts without the JVM's escape analysis, so that they are the same whenever they are taken; what {@code bench/run} reports of warm programs is less.
 */
enum Bounds {
    FULL_NEW_SERVER(122_800),
    FULL_SAME_SERVER(75_400),
    RESUMED(64_600),
    RECORD_16_KIB(2_440);

    private final long bytes;

    Bounds(long bytes) {
        this.bytes = bytes;
    }

    long bytes() {
        return bytes;
    }
}
