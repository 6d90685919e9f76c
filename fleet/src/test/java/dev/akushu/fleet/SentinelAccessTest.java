package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentinels that want to know who asks, or do not, and such that speak TLS. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class SentinelAccessTest {
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));
    private static final StoreAccess APP = StoreAccess.DEFAULT.user(new StoreAccess.User("app", "word"::toCharArray));
    private static final String[] USER = {"--user", "app", "on", ">word", "~*", "&*", "+@all"};

    @Parameter
    private String program;

    @TempDir
    private Path folder;

    @AutoClose
    private final Started started = new Started();

    private RedisServer master(String... options) throws Exception {
        return started.with(new RedisServer(
                RedisServer.program(program), Files.createDirectory(folder.resolve("master")), options));
    }

    private RedisServer sentinel(RedisServer master, String... settings) throws Exception {
        String monitor = "sentinel monitor main localhost " + master.port() + " 1";
        List<String> lines = Stream.concat(
                        Stream.of("sentinel resolve-hostnames yes", "sentinel announce-hostnames yes", monitor),
                        Stream.of(settings))
                .toList();
        Path own = Files.createTempDirectory(folder, "sentinel");
        return started.with(RedisServer.sentinel(RedisServer.program(program), own, String.join("\n", lines) + "\n"));
    }

    private void assertJoins(String address, StoreAccess access) throws Exception {
        var _ = started.joined(Fleet.at(address, WRAPPING).access(access));
    }

    private static void assertRefused(String address, StoreAccess access, Problem problem) {
        assertThatThrownBy(() -> FleetOperator.connect(address, WRAPPING, access, RollOut.DEFAULT))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem())
                                .as(() -> Throwables.getStackTrace(refused))
                                .isEqualTo(problem));
    }

    private static String address(RedisServer... sentinels) {
        return "redis-sentinel://"
                + String.join(
                        ",",
                        Stream.of(sentinels)
                                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                                .toList())
                + "/shop#main";
    }

    /** It does not know the user, and would refuse who names one. */
    @Test
    void sentinelThatDoesNotAskIsToldNeitherUserNorPassword() throws Exception {
        RedisServer sentinel = sentinel(master(USER));

        assertJoins(address(sentinel), APP);

        assertThat(sentinel.ask("acl", "log").strip()).isEmpty();
    }

    @Test
    void sentinelThatAsksIsToldTheStoresUser() throws Exception {
        RedisServer sentinel = sentinel(master(USER), "user default off", "user app on >word ~* &* +@all");

        assertJoins(address(sentinel), APP);
        StoreAccess wrong = StoreAccess.DEFAULT.user(new StoreAccess.User("app", "guess"::toCharArray));
        assertRefused(address(sentinel), wrong, Problem.STORE_LOGIN_REFUSED);
        assertRefused(address(sentinel), StoreAccess.DEFAULT, Problem.STORE_LOGIN_REFUSED);
    }

    @Test
    void sentinelThatAsksForAPasswordAloneIsToldTheOneInTheAddress() throws Exception {
        RedisServer sentinel =
                sentinel(master("--requirepass", "word"), "requirepass word", "sentinel auth-pass main word");

        assertJoins(address(sentinel).replace("//", "//:word@"), StoreAccess.DEFAULT);
    }

    @Test
    void nextSentinelIsAskedIfOneIsAwayOrKnowsNothing() throws Exception {
        RedisServer master = master();
        RedisServer away = sentinel(master);
        away.kill();
        RedisServer ignorant = sentinel(master, "sentinel monitor other 127.0.0.1 " + master.port() + " 1");
        RedisServer knowing = sentinel(master);
        String all = address(away, ignorant, knowing);

        assertJoins(all, StoreAccess.DEFAULT);
        assertRefused(all.replace("#main", "#nobody"), StoreAccess.DEFAULT, Problem.STORE_MASTER_UNKNOWN);
        assertJoins(all.replace("#main", "#other"), StoreAccess.DEFAULT);
    }

    @Test
    void sentinelAndMasterOverTlsShowTheirCertificatesAndAskForOurs() throws Exception {
        TestCa ca = TestCa.in(folder);
        ca.issue("store", "localhost");
        ca.issue("app", "app");
        List<String> tls = List.of(
                "port 0",
                "tls-port PORT",
                "tls-protocols TLSv1.3",
                "tls-auth-clients yes",
                "tls-cert-file " + ca.file("store"),
                "tls-key-file " + ca.key("store"),
                "tls-ca-cert-file " + ca.certificate(),
                "requirepass word");
        RedisServer master = master(tls.stream()
                .flatMap(line -> Stream.of(("--" + line).split(" ")))
                .toArray(String[]::new));
        RedisServer sentinel = sentinel(
                master,
                Stream.concat(tls.stream(), Stream.of("tls-replication yes", "sentinel auth-pass main word"))
                        .toArray(String[]::new));
        String address = "rediss-sentinel://localhost:" + sentinel.port() + "/shop#main";
        StoreAccess known = StoreAccess.DEFAULT
                .authorities(ca.certificate())
                .identity(new StoreAccess.Identity(ca.file("app"), ca.key("app")));
        StoreAccess access = known.user(new StoreAccess.User(null, "word"::toCharArray));

        assertJoins(address, access);

        assertRefused(address, known, Problem.STORE_LOGIN_REFUSED);
        assertRefused(
                address, new StoreAccess(access.user(), Optional.empty(), access.identity()), Problem.STORE_TLS_FAILED);
        assertRefused(
                address,
                new StoreAccess(access.user(), access.authorities(), Optional.empty()),
                Problem.STORE_TLS_FAILED);
        assertRefused(address.replace("localhost", "127.0.0.1"), access, Problem.STORE_TLS_FAILED);
    }
}
