/** Records of Akushu and of the other stacks of Java, over established connections. */
@NullMarked
package dev.akushu.bench.record;

import org.jspecify.annotations.NullMarked;
