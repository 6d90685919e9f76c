package dev.akushu.interop.peer;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a peer's client is to connect. An empty list leaves the peer its default.
 *
 * @param identity the client's certificate, null for none
 * @param connections two or more: all but the first are to resume
 * @param keyLog where the peer appends its secrets
 */
public record ClientSpec(
        Certificates certificates,
        int port,
        String serverName,
        @Nullable Identity identity,
        List<String> alpn,
        List<String> groups,
        List<String> suites,
        int connections,
        boolean keyUpdate,
        @Nullable Path keyLog) {

    public static ClientSpec of(Certificates certificates, int port) {
        return new ClientSpec(certificates, port, "localhost", null, List.of(), List.of(), List.of(), 1, false, null);
    }

    public ClientSpec serverName(String name) {
        return new ClientSpec(certificates, port, name, identity, alpn, groups, suites, connections, keyUpdate, keyLog);
    }

    public ClientSpec withCertificate() {
        return new ClientSpec(
                certificates,
                port,
                serverName,
                certificates.client(),
                alpn,
                groups,
                suites,
                connections,
                keyUpdate,
                keyLog);
    }

    public ClientSpec alpn(String... names) {
        return new ClientSpec(
                certificates,
                port,
                serverName,
                identity,
                List.of(names),
                groups,
                suites,
                connections,
                keyUpdate,
                keyLog);
    }

    public ClientSpec groups(String... names) {
        return new ClientSpec(
                certificates, port, serverName, identity, alpn, List.of(names), suites, connections, keyUpdate, keyLog);
    }

    public ClientSpec suites(String... names) {
        return new ClientSpec(
                certificates, port, serverName, identity, alpn, groups, List.of(names), connections, keyUpdate, keyLog);
    }

    public ClientSpec connections(int count) {
        return new ClientSpec(certificates, port, serverName, identity, alpn, groups, suites, count, keyUpdate, keyLog);
    }

    public ClientSpec sendingKeyUpdate() {
        return new ClientSpec(
                certificates, port, serverName, identity, alpn, groups, suites, connections, true, keyLog);
    }

    public ClientSpec keyLog(Path file) {
        return new ClientSpec(
                certificates, port, serverName, identity, alpn, groups, suites, connections, keyUpdate, file);
    }
}
