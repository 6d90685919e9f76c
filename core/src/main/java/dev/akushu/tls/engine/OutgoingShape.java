package dev.akushu.tls.engine;

import dev.akushu.tls.RecordPadding;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.trace.Protection;
import java.security.SecureRandom;

/**
 * How long the records of one end become.
 *
 * @param records what was set
 * @param random for padding by chance
 */
public record OutgoingShape(RecordPolicy records, SecureRandom random) {
    /** How much padding a record of {@code content} bytes gets; the most that fits is {@code room}. */
    int zeros(Protection protection, int content, int room) {
        return switch (protection) {
            // RFC 9846 5.1: what is not protected has no padding.
            case CLEAR -> 0;
            case HANDSHAKE -> Math.clamp(records.handshakePadding().zeros(content, room, random), 0, room);
            case EARLY, APPLICATION -> Math.clamp(records.padding().zeros(content, room, random), 0, room);
        };
    }

    /** Whether data is padded, so that its records must not be cut by what room there is in a buffer. */
    boolean padsData() {
        return !records.padding().equals(RecordPadding.none());
    }
}
