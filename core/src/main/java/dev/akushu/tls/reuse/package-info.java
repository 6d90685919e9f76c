/** What is used again instead of made anew. */
@NullMarked
package dev.akushu.tls.reuse;

import org.jspecify.annotations.NullMarked;
