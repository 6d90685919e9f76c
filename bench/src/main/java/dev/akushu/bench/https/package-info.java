/** An HTTPS server on Netty with each of the stacks, under load. */
@NullMarked
package dev.akushu.bench.https;

import org.jspecify.annotations.NullMarked;
