package dev.akushu.tls.engine;

import dev.akushu.tls.crypto.SuiteCrypto;
import org.jspecify.annotations.Nullable;

/**
 * What a pre-shared key says about early data: a ticket by its session, an external key by its terms. RFC 9846 section 4.3.10.
 *
 * @param suite under which it is sent
 * @param applicationProtocol in which it is, or null
 * @param maxBytes how much may be sent
 * @param recordSizeLimit what the server takes in a record
 */
public record EarlyAllowance(
        SuiteCrypto suite, @Nullable String applicationProtocol, long maxBytes, int recordSizeLimit) {
    /** The same for a client that puts no more than {@code content} bytes into a record. */
    public EarlyAllowance withContent(int content) {
        return new EarlyAllowance(suite, applicationProtocol, maxBytes, Math.min(recordSizeLimit, content + 1));
    }
}
