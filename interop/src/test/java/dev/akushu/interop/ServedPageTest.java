package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.AkushuServe;
import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.ClientSpec;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Peer;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.Seen;
import dev.akushu.interop.peer.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser loads a page, and what it asks for, from {@code akushu serve}. */
class ServedPageTest {
    @TempDir
    private Path folder;

    private Certificates certificates;
    private Path site;

    @BeforeEach
    void makeSite() throws IOException {
        certificates = Certificates.in(folder);
        site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("index.html"), Service.ROOT);
        Files.writeString(site.resolve("second"), Service.SECOND);
    }

    @Test
    void chromiumLoadsAPageAndWhatThePageAsksFor() throws IOException {
        try (AkushuServe serve = AkushuServe.start(certificates.server(KeyKind.EC_P256), site)) {
            load(serve);
            assertThat(serve.events()).contains("\"kind\":\"full\"");
        }
    }

    /** RFC 8879: the way that browsers know is brotli. */
    @Test
    void chromiumTakesACertificateThatIsCompressedByBrotli() throws IOException {
        try (AkushuServe serve = AkushuServe.start(
                certificates.server(KeyKind.EC_P256),
                site,
                "--compress-certificates",
                "zstd,zlib,brotli",
                "--explain")) {
            load(serve);
            assertThat(serve.events())
                    .containsPattern("\"event\":\"certificate_compressed\"[^\\n]*\"algorithm\":\"brotli\"")
                    .contains("\"kind\":\"full\"");
        }
    }

    private void load(AkushuServe serve) throws IOException {
        Peer peer = Peers.all().stream()
                .filter(one -> one.name().equals("Chromium"))
                .findFirst()
                .orElseThrow();
        Peers.require(peer);
        for (Seen seen : peer.connect(ClientSpec.of(certificates, serve.port()))) {
            assertThat(seen.error()).as("%s%n%s", seen.output(), serve.events()).isNull();
        }
    }
}
