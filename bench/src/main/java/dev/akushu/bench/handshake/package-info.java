/** Handshakes of Akushu and of the other stacks of Java, two engines in one thread. */
@NullMarked
package dev.akushu.bench.handshake;

import org.jspecify.annotations.NullMarked;
