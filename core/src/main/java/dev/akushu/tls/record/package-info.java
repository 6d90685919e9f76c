/** The record layer of RFC 9846 section 5: framing, protection, limits. */
@NullMarked
package dev.akushu.tls.record;

import org.jspecify.annotations.NullMarked;
