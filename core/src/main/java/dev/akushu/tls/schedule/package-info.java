/** The key schedule of RFC 9846 section 7 as a chain of types, and the transcript hash of section 4.1. */
@NullMarked
package dev.akushu.tls.schedule;

import org.jspecify.annotations.NullMarked;
