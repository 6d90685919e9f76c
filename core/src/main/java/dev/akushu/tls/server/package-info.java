/** The server's handshake, one state a class, mirroring {@code client} file by file. */
@NullMarked
package dev.akushu.tls.server;

import org.jspecify.annotations.NullMarked;
