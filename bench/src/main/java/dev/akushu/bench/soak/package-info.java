/** Whether memory stays as it is while connections come and go for an hour. */
@NullMarked
package dev.akushu.bench.soak;

import org.jspecify.annotations.NullMarked;
