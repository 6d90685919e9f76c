package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that speaks TLS 1.3 alone, wants a certificate, and knows its users by ACL. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class StoreAccessTest {
    @Parameter
    private String program;

    /** What docs/fleet.md tells operators to allow. */
    private static final List<String> RIGHTS = List.of(
            "resetkeys",
            "resetchannels",
            "~akushu:{shop}:*",
            "&akushu:{shop}:*",
            "-@all",
            "+hello",
            "+auth",
            "+ping",
            "+info",
            "+time",
            "+hscan",
            "+hget",
            "+hstrlen",
            "+hset",
            "+hsetnx",
            "+hdel",
            "+pexpire",
            "+del",
            "+get",
            "+set",
            "+script|load",
            "+evalsha",
            "+publish",
            "+subscribe");

    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));

    @TempDir
    private Path folder;

    private TestCa ca;
    private RedisServer store;
    private StoreAccess access;

    @BeforeEach
    void start() throws Exception {
        ca = TestCa.in(folder);
        ca.issue("store", "localhost");
        ca.issue("app", "app");
        List<String> options = new ArrayList<>(List.of(
                "--port", "0", "--tls-port", "PORT", "--tls-protocols", "TLSv1.3", "--tls-auth-clients", "yes"));
        options.addAll(List.of("--tls-cert-file", ca.file("store").toString()));
        options.addAll(List.of("--tls-key-file", ca.key("store").toString()));
        options.addAll(List.of("--tls-ca-cert-file", ca.certificate().toString()));
        options.addAll(List.of("--user", "default", "off", "--user", "app", "on", ">word"));
        options.addAll(RIGHTS);
        store = new RedisServer(RedisServer.program(program), folder, options.toArray(String[]::new));
        access = StoreAccess.DEFAULT
                .authorities(ca.certificate())
                .identity(new StoreAccess.Identity(ca.file("app"), ca.key("app")))
                .user(new StoreAccess.User("app", "word"::toCharArray));
    }

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    private FleetOperator connect(String fleet, StoreAccess by) throws TlsException {
        return FleetOperator.connect("rediss://localhost:" + store.port() + "/" + fleet, WRAPPING, by, RollOut.DEFAULT);
    }

    @Test
    void serverWithItsCertificateAndUserSharesKeys() throws Exception {
        try (FleetOperator operator = connect("shop", access)) {
            assertThat(operator.rotate().keys()).hasSize(1);
            assertThat(operator.retire(operator.keys().keys().getFirst().name()))
                    .isPresent();
            assertThat(operator.keys().keys()).isEmpty();
        }
    }

    @Test
    void wrongPasswordIsRefusedAndNotShown() {
        assertRefused(
                access.user(new StoreAccess.User("app", "wrong"::toCharArray)),
                Problem.STORE_LOGIN_REFUSED,
                "WRONGPASS");
    }

    @Test
    void storeThatNobodyTrustsIsRefused() {
        assertRefused(
                new StoreAccess(access.user(), Optional.empty(), access.identity()),
                Problem.STORE_TLS_FAILED,
                "CN=Test CA");
    }

    @Test
    void serverWithoutACertificateIsRefusedByTheStore() {
        assertRefused(
                new StoreAccess(access.user(), access.authorities(), Optional.empty()),
                Problem.STORE_TLS_FAILED,
                "certificate_required");
    }

    @Test
    void userHasNoRightsInAnotherFleet() {
        assertThatThrownBy(() -> connect("bank", access))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.STORE_RIGHT_MISSING))
                .hasMessageContaining("NOPERM");
    }

    @Test
    void certificatesForAStoreWithoutTlsAreAMistake() {
        assertThatThrownBy(() -> FleetOperator.connect("redis://localhost/shop", WRAPPING, access, RollOut.DEFAULT))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.STORE_WITHOUT_TLS))
                .hasMessageContaining("rediss://");
    }

    private void assertRefused(StoreAccess by, Problem problem, String reason) {
        assertThatThrownBy(() -> connect("shop", by))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem))
                .hasMessageContaining(reason)
                .hasMessageNotContaining("wrong");
    }
}
