package dev.akushu.interop.peer;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a peer's server is to be set up. An empty list leaves the peer its default.
 *
 * @param asksClientCertificate request and require one from the same CA
 * @param keyLog where the peer appends its secrets
 * @param ocspResponse a file with what it sends beside its certificate, in DER; null for nothing
 */
public record ServerSpec(
        Certificates certificates,
        Identity identity,
        boolean asksClientCertificate,
        List<String> alpn,
        List<String> groups,
        List<String> suites,
        boolean keyUpdate,
        @Nullable Path keyLog,
        @Nullable Path ocspResponse) {

    public static ServerSpec of(Certificates certificates, KeyKind kind) {
        return new ServerSpec(
                certificates, certificates.server(kind), false, List.of(), List.of(), List.of(), false, null, null);
    }

    public ServerSpec askingClientCertificate() {
        return new ServerSpec(certificates, identity, true, alpn, groups, suites, keyUpdate, keyLog, ocspResponse);
    }

    public ServerSpec alpn(String... names) {
        return new ServerSpec(
                certificates,
                identity,
                asksClientCertificate,
                List.of(names),
                groups,
                suites,
                keyUpdate,
                keyLog,
                ocspResponse);
    }

    public ServerSpec groups(String... names) {
        return new ServerSpec(
                certificates,
                identity,
                asksClientCertificate,
                alpn,
                List.of(names),
                suites,
                keyUpdate,
                keyLog,
                ocspResponse);
    }

    public ServerSpec suites(String... names) {
        return new ServerSpec(
                certificates,
                identity,
                asksClientCertificate,
                alpn,
                groups,
                List.of(names),
                keyUpdate,
                keyLog,
                ocspResponse);
    }

    public ServerSpec sendingKeyUpdate() {
        return new ServerSpec(
                certificates, identity, asksClientCertificate, alpn, groups, suites, true, keyLog, ocspResponse);
    }

    public ServerSpec keyLog(Path file) {
        return new ServerSpec(
                certificates, identity, asksClientCertificate, alpn, groups, suites, keyUpdate, file, ocspResponse);
    }

    public ServerSpec stapling(Path response) {
        return new ServerSpec(
                certificates, identity, asksClientCertificate, alpn, groups, suites, keyUpdate, keyLog, response);
    }
}
