package dev.akushu.lab.stage;

import dev.akushu.tls.Role;

/**
 * A bit that is changed on the way.
 *
 * @param sender whose message it is
 * @param message the message's name
 * @param offset of the byte in the message, its header included; one behind the end means the last
 * @param bit 0 for the least significant, up to 7
 */
public record Flip(Role sender, String message, int offset, int bit) {}
