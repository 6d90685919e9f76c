/** The client's handshake, one state a class, in the order of RFC 9846 section 2. */
@NullMarked
package dev.akushu.tls.client;

import org.jspecify.annotations.NullMarked;
