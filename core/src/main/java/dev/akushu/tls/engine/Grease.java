package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.UnknownExtension;
import java.security.SecureRandom;

/** The reserved values that mean nothing: they are sent so that every peer stays used to what it does not know. RFC 8701. */
public final class Grease {
    private static final int VALUES = 16;
    private static final int FIRST = 0x0a0a;
    private static final int STEP = 0x1010;
    private static final int LONGEST_CONTENT = 16;

    private Grease() {}

    /** One of the sixteen 16-bit values, by chance. RFC 8701 section 2. */
    public static int value(SecureRandom random) {
        return FIRST + random.nextInt(VALUES) * STEP;
    }

    /** The one that the lowest four of {@code bits} choose, for who needs several: each call of a SecureRandom costs something. */
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

    /** An extension of the type {@code value} with a content of any length, at which a receiver must not look. RFC 8701 sections 3.1 and 4.1. */
    public static Extension extension(int value, SecureRandom random) {
        byte[] content = new byte[1 + random.nextInt(LONGEST_CONTENT)];
        random.nextBytes(content);
        return new UnknownExtension(ExtensionType.of(value), Bytes.wrap(content));
    }
}
