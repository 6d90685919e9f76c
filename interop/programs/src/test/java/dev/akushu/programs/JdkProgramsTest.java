package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.programs.starter.RemoteProgram;
import dev.akushu.tls.NamedGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the JDK itself does over TLS besides HTTP, in JVMs whose first provider is Akushu: RMI, JMX and keytool. That it is used is seen by
 * the hybrid group, which JDK 25's own TLS has not.
 */
@Timeout(120)
class JdkProgramsTest {
    @TempDir
    private static Path folder;

    private static ChildJvm child;

    @BeforeAll
    static void prepare() throws Exception {
        child = new ChildJvm(folder, Pki.SHARED);
    }

    /** RMI's servers make their sockets of accepted ones, by the factory that clients use. */
    @Test
    void rmiAndJmxSpeakWithClientCertificatesAndResume() throws Exception {
        Path keys = Pki.write(Pki.SHARED.server().keyStore("both ends"), folder.resolve("keys.p12"));
        List<String> options = new ArrayList<>(child.trustOptions());
        options.add(child.overlayOption());
        options.add("-Djava.rmi.server.hostname=localhost");
        options.add("-Djavax.net.ssl.keyStore=" + keys);
        options.add("-Djavax.net.ssl.keyStoreType=PKCS12");
        options.add("-Djavax.net.ssl.keyStorePassword=" + Pki.PASSWORD);
        List<String> said =
                ChildJvm.run(ChildJvm.command(options, ChildJvm.classPath(), RemoteProgram.class), folder, List.of());
        assertThat(said)
                .startsWith("RMI echoes = true", "JMX finds itself = true")
                .endsWith("exit 0");
        assertThat(said.subList(2, said.size() - 1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("session = CN=server, X25519MLKEM768, resumed "))
                .anyMatch(line -> line.endsWith("true"));
    }

    @Test
    void keytoolPrintsTheCertificateOfAServer() throws Exception {
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), false)) {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.add("-J" + child.overlayOption());
            ChildJvm.moduleOptions().forEach(option -> command.add("-J" + option));
            command.addAll(List.of("-printcert", "-sslserver", "localhost:" + server.port()));
            List<String> said = ChildJvm.run(command, folder, List.of("LC_ALL=C"));
            assertThat(said)
                    .contains("Owner: CN=server", "Issuer: CN=Akushu programs root")
                    .endsWith("exit 0");
            assertThat(server.sessions())
                    .isNotEmpty()
                    .allSatisfy(session -> assertThat(session.group()).isEqualTo(NamedGroup.X25519_MLKEM768));
        }
    }
}
