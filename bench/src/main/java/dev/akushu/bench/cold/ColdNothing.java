package dev.akushu.bench.cold;

/** A program that does nothing: what the JVM takes by itself. */
final class ColdNothing {
    private ColdNothing() {}

    public static void main(String[] arguments) {}
}
