/**
 * Elliptic curves in pure Java, written for HotSpot's C2 compiler: X25519, P-256, P-384 and Ed25519.
 *
 * <p>Field multiplication is generated, and proved from the source that is compiled; see the module's README for what
 * is proved, tested, hoped and not covered.
 */
@NullMarked
package dev.akushu.curves;

import org.jspecify.annotations.NullMarked;
