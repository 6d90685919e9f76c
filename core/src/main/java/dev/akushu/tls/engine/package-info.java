/** Drives the states of either role: records in, messages to a state, flights and records out. */
@NullMarked
package dev.akushu.tls.engine;

import org.jspecify.annotations.NullMarked;
