/** The memory of connections that do nothing. */
@NullMarked
package dev.akushu.bench.idle;

import org.jspecify.annotations.NullMarked;
