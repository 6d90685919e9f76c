/** Messages and extensions as records, one codec for the handshake and the explainer. Never sees connection state. */
@NullMarked
package dev.akushu.tls.wire;

import org.jspecify.annotations.NullMarked;
