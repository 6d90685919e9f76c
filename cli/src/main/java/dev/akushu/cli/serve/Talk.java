package dev.akushu.cli.serve;

import dev.akushu.tls.TlsSession;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A client that can be talked with.
 *
 * @param input what it says
 * @param output what it hears; each write is sent at once
 * @param session the facts of the connection
 */
record Talk(InputStream input, OutputStream output, TlsSession session) {}
