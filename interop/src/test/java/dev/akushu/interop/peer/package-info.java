/**
 * The other ends: stacks that are not ours, each driven in both roles through {@link dev.akushu.interop.peer.Peer}. Nothing here knows
 * Akushu's engine. The commands behind the external ones are explained in {@code interop/peers/COMMANDS.md}.
 */
@NullMarked
package dev.akushu.interop.peer;

import org.jspecify.annotations.NullMarked;
