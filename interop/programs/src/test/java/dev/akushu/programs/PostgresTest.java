package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.PostgresSnippet;
import dev.akushu.tls.NotResumed;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ssl.WrappedFactory;

/** The JDBC driver of PostgreSQL and a real server, which logs users in by SCRAM with channel binding or by certificate. */
@Timeout(60)
class PostgresTest {
    @TempDir
    private static Path folder;

    private static Pki.Identity identity;
    private static PostgresServer server;
    private static Path root;

    @BeforeAll
    static void start() throws Exception {
        identity = Pki.SHARED.server();
        server = new PostgresServer(identity);
        root = Files.writeString(folder.resolve("root.pem"), Pki.SHARED.rootPem());
        try (Connection connection = DriverManager.getConnection(url("localhost", server.port()), withPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + PostgresServer.BY_CERTIFICATE + " login");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void removeProvider() {
        Security.removeProvider(AkushuProvider.NAME);
    }

    /** A socket factory as users of the driver write them; named to it by {@code sslfactory}. */
    public static final class Sockets extends WrappedFactory {
        static RecordingSockets recorded;

        /** As the driver makes it. */
        public Sockets() {
            factory = recorded;
        }

        static RecordingSockets of(SSLContext context) {
            recorded = new RecordingSockets(context.getSocketFactory());
            return recorded;
        }
    }

    @Test
    void connectsWithTheServersNameCheckedAndTheChannelBound() throws Exception {
        try (Connection connection = PostgresSnippet.connect(
                url("localhost", server.port()), PostgresServer.USER, PostgresServer.PASSWORD, root)) {
            assertThat(tlsVersionAtTheServer(connection)).isEqualTo("TLSv1.3");
            byte[] sent = tenMegabytes();
            assertThat(echo(connection, sent)).isEqualTo(sent);
        }
    }

    @Test
    void theSessionIsAkushusAndTheServersRefusalToResumeDoesNoHarm() throws Exception {
        CountingTrust trust = Contexts.trust();
        RecordingSockets sockets = Sockets.of(Contexts.akushu(null, trust));
        for (int i = 0; i < 2; i++) {
            try (Connection connection =
                    DriverManager.getConnection(url("localhost", server.port()), throughSockets())) {
                assertThat(tlsVersionAtTheServer(connection)).isEqualTo("TLSv1.3");
            }
        }
        for (SSLSession session : sockets.sessions()) {
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=server");
            NotResumed reason = AkushuSession.of(session)
                    .flatMap(AkushuSession::facts)
                    .orElseThrow()
                    .notResumed();
            assertThat(reason).isIn(NotResumed.NO_TICKET, NotResumed.REFUSED_BY_SERVER);
        }
        assertThat(trust.asked()).isEqualTo(2);
    }

    @Test
    void aConnectionIsResumedWhereTheServerAllowsIt() throws Exception {
        CountingTrust trust = Contexts.trust();
        RecordingSockets sockets = Sockets.of(Contexts.akushu(null, trust));
        try (RekeyingRelay relay = relay(identity)) {
            for (int i = 0; i < 2; i++) {
                try (Connection connection =
                        DriverManager.getConnection(url("localhost", relay.port()), throughSockets())) {
                    assertThat(echo(connection, new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
                }
            }
        }
        assertThat(sockets.sessions())
                .extracting(session -> AkushuSession.of(session).orElseThrow().resumed())
                .containsExactly(false, true);
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void aUserLogsInByCertificate() throws Exception {
        Security.insertProviderAt(new AkushuProvider(), 1);
        Pki.Identity user = Pki.SHARED.identity("EC", "CN=" + PostgresServer.BY_CERTIFICATE);
        Properties settings = verified(PostgresServer.BY_CERTIFICATE);
        // The driver looks for the alias "user" alone.
        settings.setProperty(
                "sslkey",
                Pki.write(user.keyStore("user"), folder.resolve("user.p12")).toString());
        settings.setProperty("sslpassword", Pki.PASSWORD);
        try (Connection connection = DriverManager.getConnection(url("localhost", server.port()), settings);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select client_dn from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("/CN=" + PostgresServer.BY_CERTIFICATE);
        }
    }

    @Test
    void aUserWithoutTheCertificateIsRefused() {
        Security.insertProviderAt(new AkushuProvider(), 1);
        Properties settings = verified(PostgresServer.BY_CERTIFICATE);
        assertThatThrownBy(() -> DriverManager.getConnection(url("localhost", server.port()), settings))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("connection requires a valid client certificate");
    }

    @Test
    void aServerOfAnotherNameIsRefused() throws Exception {
        Security.insertProviderAt(new AkushuProvider(), 1);
        try (RekeyingRelay other = relay(Pki.SHARED.identity("EC", "CN=other", "other.example"))) {
            // The driver compares the names itself, from the certificate that the session tells it.
            assertThatThrownBy(() -> DriverManager.getConnection(url("localhost", other.port()), withPassword()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("localhost")
                    .hasMessageContaining("PgjdbcHostnameVerifier");
        }
    }

    @Test
    void aServerOfAnUnknownIssuerIsRefusedAndTheTextSaysWhatIsMissing() throws Exception {
        Security.insertProviderAt(new AkushuProvider(), 1);
        Properties settings = withPassword();
        // The server sends its root too, so it is the root that is not known.
        Path leaf = Files.writeString(
                folder.resolve("leaf.pem"), Pki.SHARED.client().chainPem());
        settings.setProperty("sslrootcert", leaf.toString());
        assertThatThrownBy(() -> DriverManager.getConnection(url("localhost", server.port()), settings))
                .isInstanceOf(SQLException.class)
                .hasCauseInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("The certificate CN=Akushu programs root is signed by itself")
                .hasMessageContaining("the 1 trust anchors");
    }

    @Test
    void theChannelBindingFindsAServerInTheMiddleThatTheClientTrusts() throws Exception {
        Security.insertProviderAt(new AkushuProvider(), 1);
        try (RekeyingRelay middle = relay(Pki.SHARED.server())) {
            assertThatThrownBy(() -> DriverManager.getConnection(url("localhost", middle.port()), withPassword()))
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining("channel binding");
        }
    }

    @Test
    void newKeysBeforeEveryPieceOfDataDoNotDisturb() throws Exception {
        Security.insertProviderAt(new AkushuProvider(), 1);
        byte[] sent = tenMegabytes();
        try (RekeyingRelay relay = relay(identity);
                Connection connection = DriverManager.getConnection(url("localhost", relay.port()), withPassword())) {
            assertThat(echo(connection, sent)).isEqualTo(sent);
            assertThat(relay.sessions()).hasSize(1);
            assertThat(relay.failures()).isEmpty();
        }
    }

    @Test
    void aCutIsReportedAndNotTakenForAnEnd() throws Exception {
        Security.insertProviderAt(new AkushuProvider(), 1);
        try (RekeyingRelay relay = relay(identity);
                Connection connection = DriverManager.getConnection(url("localhost", relay.port()), withPassword())) {
            echo(connection, new byte[] {1});
            relay.cut();
            assertThatThrownBy(() -> echo(connection, new byte[] {2}))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failed -> assertThat(failed.getSQLState()).startsWith("08"));
        }
    }

    @Test
    void theServerTakesAClosedConnectionForClosed() throws Exception {
        int before = server.log().size();
        try (Connection connection = PostgresSnippet.connect(
                url("localhost", server.port()), PostgresServer.USER, PostgresServer.PASSWORD, root)) {
            assertThat(connection.isValid(10)).isTrue();
        }
        assertThat(server.awaitLog("disconnection:", before))
                .noneMatch(line -> line.contains("unexpected eof") || line.contains("SSL error"));
    }

    /** In between stands one who shows {@code shown} and changes keys all the time. */
    private static RekeyingRelay relay(Pki.Identity shown) throws Exception {
        return new RekeyingRelay(shown, Pki.SHARED.client(), PostgresTest::askForTls).to(server.port());
    }

    /** The client's SSLRequest goes to the server, and the server's consent back. */
    private static void askForTls(Socket client, Socket there) throws IOException {
        there.getOutputStream().write(client.getInputStream().readNBytes(8));
        client.getOutputStream().write(there.getInputStream().readNBytes(1));
    }

    private static String url(String host, int port) {
        return "jdbc:postgresql://" + host + ":" + port + "/postgres";
    }

    private static Properties verified(String user) {
        Properties settings = new Properties();
        settings.setProperty("user", user);
        settings.setProperty("sslmode", "verify-full");
        settings.setProperty("sslrootcert", root.toString());
        settings.setProperty("connectTimeout", "20");
        settings.setProperty("socketTimeout", "30");
        return settings;
    }

    private static Properties withPassword() {
        Properties settings = verified(PostgresServer.USER);
        settings.setProperty("password", PostgresServer.PASSWORD);
        settings.setProperty("channelBinding", "require");
        return settings;
    }

    private static Properties throughSockets() {
        Properties settings = withPassword();
        settings.setProperty("sslfactory", Sockets.class.getName());
        return settings;
    }

    private static String tlsVersionAtTheServer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select version from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static byte[] echo(Connection connection, byte[] sent) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select ?::bytea")) {
            statement.setBytes(1, sent);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBytes(1);
            }
        }
    }

    private static byte[] tenMegabytes() {
        byte[] data = new byte[10 << 20];
        new Random(2).nextBytes(data);
        return data;
    }
}
