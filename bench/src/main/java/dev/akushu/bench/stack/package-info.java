/** Akushu and the other stacks of Java, so that each can be measured alike: two ends in one JVM, driven by one thread. */
@NullMarked
package dev.akushu.bench.stack;

import org.jspecify.annotations.NullMarked;
