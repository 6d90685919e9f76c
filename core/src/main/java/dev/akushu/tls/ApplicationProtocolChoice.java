package dev.akushu.tls;

import java.util.List;
import java.util.Optional;

/**
 * Chooses a server's application protocol from those that a client offers by ALPN, RFC 7301. Must be quick. Safe for use
 * by many threads.
 */
@FunctionalInterface
public interface ApplicationProtocolChoice {
    /**
     * One of {@code offered}, or empty to go on without ALPN.
     *
     * @param offered by the client, best first; at least one
     * @throws TlsException {@link Problem#NO_COMMON_APPLICATION_PROTOCOL} to end the handshake because none will do
     */
    Optional<String> choose(List<String> offered) throws TlsException;

    /** The first of {@code supported} that is offered, or the end of the handshake. */
    static ApplicationProtocolChoice among(List<String> supported) {
        List<String> all = List.copyOf(supported);
        return offered -> {
            for (String protocol : all) {
                if (offered.contains(protocol)) {
                    return Optional.of(protocol);
                }
            }
            throw Problem.NO_COMMON_APPLICATION_PROTOCOL.with(offered, all);
        };
    }
}
