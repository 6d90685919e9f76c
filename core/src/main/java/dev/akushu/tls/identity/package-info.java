/** Certificates: reading a public key, choosing, verifying, host names. */
@NullMarked
package dev.akushu.tls.identity;

import org.jspecify.annotations.NullMarked;
