/** Handshakes by several threads. */
@NullMarked
package dev.akushu.bench.thread;

import org.jspecify.annotations.NullMarked;
