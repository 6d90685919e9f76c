package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.CertificateRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server's requests for the client's certificate after the handshake. RFC 9846 section 4.7.2. Safe for use by the sending and the receiving thread at once. */
public interface LateRequests {
    /** The next request, which counts as sent; its answer will complete {@code answer}. */
    CertificateRequest next(CompletableFuture<List<Bytes>> answer) throws TlsException;

    /** No more answers will come. */
    void fail(TlsException reason);
}
