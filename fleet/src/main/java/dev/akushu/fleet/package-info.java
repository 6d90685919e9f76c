/** Servers that share tickets: {@link dev.akushu.fleet.Fleet} is where to begin. */
@NullMarked
package dev.akushu.fleet;

import org.jspecify.annotations.NullMarked;
