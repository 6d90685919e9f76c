package dev.akushu.tls.engine;

/**
 * Proof that no byte of a further message is buffered behind the one at hand, without which read keys must not change: a message may not span a key change (RFC 9846
 * section 5.1). Only {@link Received#aligned} makes one.
 */
public final class Aligned {
    Aligned() {}
}
