package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A property has the secrets written to a file, for programs that cannot be changed. */
class KeyLogTest {
    @TempDir
    private Path folder;

    @AfterEach
    void unset() {
        System.clearProperty(KeyLogToFile.PROPERTY);
    }

    @Test
    void secretsOfAllConnectionsGoToTheFileThatThePropertyNames() throws Exception {
        Path file = folder.resolve("keys.log");
        System.setProperty(KeyLogToFile.PROPERTY, file.toString());
        SSLContext client = Contexts.akushu();
        System.clearProperty(KeyLogToFile.PROPERTY);
        EngineTalk talk = new EngineTalk(
                        client.createSSLEngine("localhost", 443),
                        Contexts.akushu().createSSLEngine())
                .handshake();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).anyMatch(line -> line.matches("CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]{64}"));
        assertThat(lines).anyMatch(line -> line.startsWith("SERVER_HANDSHAKE_TRAFFIC_SECRET "));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(((AkushuSession) talk.client().engine().getSession()).keysLogged())
                .isTrue();
        assertThat(((AkushuSession) talk.server().engine().getSession()).keysLogged())
                .isFalse();
    }

    @Test
    void aConnectionGoesOnWhereTheFileCannotBeWritten() throws Exception {
        System.setProperty(
                KeyLogToFile.PROPERTY, folder.resolve("missing/keys.log").toString());
        SSLContext client = Contexts.akushu();
        new EngineTalk(
                        client.createSSLEngine("localhost", 443),
                        Contexts.akushu().createSSLEngine())
                .handshake();
        assertThat(folder.resolve("missing")).doesNotExist();
    }
}
