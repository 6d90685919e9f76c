package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.UnknownExtension;
import java.security.SecureRandom;
import java.util.Arrays;

/** The reserved values that mean nothing: they are sent so that every peer stays used to what it does not know. RFC 8701. */
public final class Grease {
    private static final int VALUES = 16;
    private static final int FIRST = 0x0a0a;
    private static final int STEP = 0x1010;
    private static final int LONGEST_CONTENT = 16;

    /** The content, and a byte for its length: all by one call of a SecureRandom, each of which costs something. */
    private static final int CHANCE = LONGEST_CONTENT + 1;

    private Grease() {}

    /** One of the sixteen 16-bit values: the one that the lowest four of {@code bits} choose. RFC 8701 section 2. */
    public static int value(int bits) {
        return FIRST + (bits & VALUES - 1) * STEP;
    }

    /** The value after {@code value}, which is another one. */
    public static int another(int value) {
        int next = value + STEP;
        return next > 0xffff ? FIRST : next;
    }

    /** An extension of the type {@code value} without content. */
    public static Extension emptyExtension(int value) {
        return new UnknownExtension(ExtensionType.of(value), Bytes.empty());
    }

    /** As {@link #extension(int, SecureRandom)}, of any of the sixteen types. */
    public static Extension extension(SecureRandom random) {
        byte[] chance = new byte[CHANCE + 1];
        random.nextBytes(chance);
        return extension(value(chance[CHANCE]), chance);
    }

    /** An extension of the type {@code value} with a content of any length, at which a receiver must not look. RFC 8701 sections 3.1 and 4.1. */
    public static Extension extension(int value, SecureRandom random) {
        byte[] chance = new byte[CHANCE];
        random.nextBytes(chance);
        return extension(value, chance);
    }

    private static Extension extension(int value, byte[] chance) {
        int length = 1 + (chance[LONGEST_CONTENT] & LONGEST_CONTENT - 1);
        return new UnknownExtension(ExtensionType.of(value), Bytes.wrap(Arrays.copyOf(chance, length)));
    }
}
