/** A JVM from its start to its first handshake. */
@NullMarked
package dev.akushu.bench.cold;

import org.jspecify.annotations.NullMarked;
