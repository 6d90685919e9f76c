/** Typed events that tell each step of a connection and the reason of every decision. */
@NullMarked
package dev.akushu.tls.trace;

import org.jspecify.annotations.NullMarked;
