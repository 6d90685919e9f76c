package dev.akushu.lab.stage;

import dev.akushu.lab.record.Recording.Part;
import dev.akushu.tls.Role;

/**
 * A bit that is changed on the way.
 *
 * @param connection in which of the run's connections; not in a {@link Part#COPY}
 * @param sender whose message it is
 * @param message the message's name
 * @param occurrence its place among the sender's messages of that name, from 1: after a HelloRetryRequest there is a second
 *     ClientHello
 * @param offset of the byte in the message, its header included; one behind the end means the last
 * @param bit 0 for the least significant, up to 7
 */
public record Flip(Part connection, Role sender, String message, int occurrence, int offset, int bit) {
    /** The lowest bit of a byte of the first such message in the connection that the run is about. */
    public static Flip of(Role sender, String message, int offset) {
        return new Flip(Part.MAIN, sender, message, 1, offset, 0);
    }
}
