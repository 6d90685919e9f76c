package dev.akushu.bench.harness;

import java.lang.management.ManagementFactory;

/** Tells when a JVM is warm: when its compilers have had little to do for a while. Before that they take time from what is measured, and times that are as steady as can be may be those of code that is half compiled. */
public final class Warmth {
    /** Of the time. */
    private static final double LITTLE = 0.05;

    /** A long compilation counts when it ends. */
    private static final int LOOKS = 3;

    private long compiling = compiling();
    private long time = System.nanoTime();
    private int calm;

    /** Whether the JVM is warm. To be asked after each piece of work, and not before the first. */
    public boolean isReached() {
        long compilingNow = compiling();
        long now = System.nanoTime();
        calm = isCalm(compilingNow - compiling, (now - time) / 1e9) ? calm + 1 : 0;
        compiling = compilingNow;
        time = now;
        return calm >= LOOKS;
    }

    /** Whether compilers that worked for {@code millis} within {@code seconds} had little to do. */
    public static boolean isCalm(long millis, double seconds) {
        return millis < LITTLE * 1e3 * seconds;
    }

    /** Milliseconds that this JVM's compilers have worked until now. */
    public static long compiling() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }
}
