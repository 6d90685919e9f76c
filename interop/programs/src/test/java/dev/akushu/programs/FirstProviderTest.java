package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.starter.StarterApplication;
import dev.akushu.programs.starter.WholeJvmProgram;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole JVMs with Akushu as their first provider: what is not TLS 1.3 stays the JDK's, and programs that know nothing of
 * Akushu use it. That it is used is seen by the group that is agreed: JDK 25's own TLS has no hybrid group.
 */
@Timeout(120)
class FirstProviderTest {
    @TempDir
    private static Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"properties", "code"})
    void whatIsNotTlsStaysTheJdksAndTheDefaultsUseAkushu(String route) throws Exception {
        ChildJvm child = new ChildJvm(folder, Pki.SHARED);
        List<String> options = new ArrayList<>(child.trustOptions());
        if (route.equals("properties")) {
            options.add(child.overlayOption());
        }
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), false)) {
            List<String> said = ChildJvm.run(
                    ChildJvm.command(
                            options,
                            ChildJvm.classPath(),
                            WholeJvmProgram.class,
                            route,
                            signedJar().toString(),
                            "https://localhost:" + server.port() + "/"),
                    folder,
                    List.of());
            assertThat(said)
                    .containsExactly(
                            "first = Akushu",
                            "SSLContext TLS = Akushu",
                            "SSLContext default = Akushu",
                            "SSLContext TLSv1.2 = SunJSSE",
                            "KeyManagerFactory = SunJSSE",
                            "key managers = 1",
                            "TrustManagerFactory = SunJSSE",
                            "trust managers = 1",
                            "default anchors = 1",
                            "PKCS12 = SUN",
                            "JKS = SUN",
                            "cacerts = read",
                            "SHA-256 = SUN",
                            "AES = SunJCE",
                            "RSA keys = SunRsaSign",
                            "ECDSA = SunEC",
                            "signed jar = hello",
                            "signers = 1",
                            "HttpsURLConnection = hello",
                            "HttpClient = hello",
                            "exit 0");
            assertThat(server.sessions())
                    .hasSize(2)
                    .allSatisfy(session -> assertThat(session.group()).isEqualTo(NamedGroup.X25519_MLKEM768));
        }
    }

    private static Path signedJar() throws Exception {
        Path plain = folder.resolve("plain.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(plain))) {
            out.putNextEntry(new JarEntry("hello.txt"));
            out.write("hello".getBytes(US_ASCII));
        }
        Pki.Identity signer = Pki.SHARED.identity("RSA", "CN=signer");
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(signer.chain());
        Path signed = folder.resolve("signed.jar");
        try (ZipFile in = new ZipFile(plain.toFile());
                var out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(signer.key(), path).build().sign(in, out);
        }
        return signed;
    }

    @Test
    void anUnmodifiedSpringBootApplicationServesAndFetchesOverAkushu() throws Exception {
        ChildJvm child = new ChildJvm(folder, Pki.SHARED);
        Path keys = Pki.write(Pki.SHARED.server().keyStore("server"), folder.resolve("spring.p12"));
        List<String> options = new ArrayList<>(child.trustOptions());
        options.add(child.overlayOption());
        List<String> command = ChildJvm.command(
                options,
                ChildJvm.classPath(
                        "spring",
                        "tomcat",
                        "jakarta",
                        "micrometer",
                        "commons-logging",
                        "jackson",
                        "snakeyaml",
                        "jspecify"),
                StarterApplication.class,
                "--server.port=0",
                "--server.ssl.key-store=" + keys.toUri(),
                "--server.ssl.key-store-type=PKCS12",
                "--server.ssl.key-store-password=" + Pki.PASSWORD);
        try (ServerProcess spring = new ServerProcess("Started StarterApplication", command);
                WaywardServer other = new WaywardServer(Pki.SHARED.server(), false)) {
            int port = port(spring.log());
            TlsClient client = TlsClient.builder(Trust.anchors(List.of(Pki.SHARED.root()), "the tests' root"))
                    .build();
            for (int i = 0; i < 2; i++) {
                try (TlsConnection connection = client.connect("localhost", port)) {
                    assertThat(get(connection, "/hello")).endsWith("hello from Spring");
                    String from = "https://localhost:" + other.port() + "/";
                    assertThat(get(connection, "/fetch?from=" + from)).endsWith("fetched hello");
                    TlsSession session = connection.session().orElseThrow();
                    assertThat(session.group()).isEqualTo(NamedGroup.X25519_MLKEM768);
                    assertThat(session.resumed()).isEqualTo(i == 1);
                }
            }
            assertThat(other.sessions())
                    .isNotEmpty()
                    .allSatisfy(session -> assertThat(session.group()).isEqualTo(NamedGroup.X25519_MLKEM768));
        }
    }

    private static int port(List<String> log) {
        Matcher started = Pattern.compile("started on port (\\d+) \\(https\\)").matcher(String.join("\n", log));
        assertThat(started.find()).as("a line with the port in %s", log).isTrue();
        return Integer.parseInt(started.group(1));
    }

    /** One request on a connection that stays open; the answer's length is stated. */
    private static String get(TlsConnection connection, String path) throws Exception {
        connection.output().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = connection.input().read();
            assertThat(next).as("the end of the head %s", head).isNotNegative();
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: *(\\d+)").matcher(head);
        assertThat(length.find()).as("a length in %s", head).isTrue();
        byte[] body = connection.input().readNBytes(Integer.parseInt(length.group(1)));
        return head + new String(body, US_ASCII);
    }

    @Test
    void mavenResolvesFromAnHttpsRepositoryOverAkushu() throws Exception {
        try (MavenRepository repository = new MavenRepository(Files.createDirectory(folder.resolve("maven")))) {
            ChildJvm child = new ChildJvm(folder, Pki.SHARED);
            List<String> options = new ArrayList<>(child.trustOptions());
            options.add(child.overlayOption());
            options.addAll(ChildJvm.moduleOptions());
            List<String> said = repository.build(options);
            assertThat(said).endsWith("exit 0");
            assertThat(repository.resolved()).isEqualTo(repository.served());
            assertThat(repository.sessions())
                    .isNotEmpty()
                    .allSatisfy(session -> assertThat(AkushuSession.of(session)
                                    .flatMap(AkushuSession::facts)
                                    .orElseThrow()
                                    .group())
                            .isEqualTo(NamedGroup.X25519_MLKEM768));
        }
    }

    @Test
    void mavenSaysWhichIssuerIsNotTrusted() throws Exception {
        try (MavenRepository repository = new MavenRepository(Files.createDirectory(folder.resolve("untrusted")))) {
            List<String> options = new ArrayList<>(ChildJvm.moduleOptions());
            options.add(new ChildJvm(folder, Pki.SHARED).overlayOption());
            List<String> said = repository.build(options);
            assertThat(said).doesNotContain("exit 0");
            assertThat(String.join("\n", said))
                    .contains("The certificate CN=server was issued by CN=Akushu programs root")
                    .contains("security/cacerts");
        }
    }
}
