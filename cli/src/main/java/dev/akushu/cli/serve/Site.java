package dev.akushu.cli.serve;

import dev.akushu.tls.TlsSession;
import java.io.IOException;

/** What can be asked for by HTTP. */
@FunctionalInterface
interface Site {
    /**
     * The answer to GET for {@code path}; the caller closes it.
     *
     * @param path percent-encoded as it came, without the query
     * @param session the facts of the connection
     */
    HttpResponse find(String path, TlsSession session) throws IOException;
}
