/** Our client and server against other TLS 1.3 stacks. */
@NullMarked
package dev.akushu.interop;

import org.jspecify.annotations.NullMarked;
