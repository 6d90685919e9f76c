package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address means what is written, whatever Lettuce would read into it. */
class StoreAddressTest {
    private static StoreAddress parse(String text) throws TlsException {
        return StoreAddress.parse(text, Duration.ofSeconds(1));
    }

    private static RedisCredentials credentials(RedisURI uri) {
        return uri.getCredentialsProvider().resolveCredentials().block();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://store:6379/shop, store, 6379",
        "redis://store/shop, store, 6379",
        "redis://my_redis:6380/shop, my_redis, 6380",
        "redis://my_redis/shop, my_redis, 6379",
        "redis://10.0.0.1:1/shop, 10.0.0.1, 1",
        "redis://[::1]:65535/shop, ::1, 65535",
        "redis://[::1]/shop, ::1, 6379",
        "rediss://u:p@store.example:7/shop, store.example, 7",
    })
    void hostAndPortAreThoseThatAreWritten(String text, String host, int port) throws Exception {
        RedisURI uri = parse(text).uri();

        assertThat(uri.getHost()).isEqualTo(host);
        assertThat(uri.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "redis://app:word@h/shop, app, word",
                "redis://app:a%2Fb%23c%40d%3Fe@h/shop, app, a/b#c@d?e",
                "redis://app:a%2fb+c:d@h/shop, app, a/b+c:d",
                "redis://a%40b:%E6%8F%A1@h/shop, a@b, 握",
                "redis://:word@h/shop, -, word",
                "redis://word@h/shop, -, word",
                "redis://h/shop, -, -",
            })
    void userAndPasswordArePercentDecoded(String text, @Nullable String user, @Nullable String password)
            throws Exception {
        RedisCredentials known = credentials(parse(text).uri());

        assertThat(known.getUsername()).isEqualTo(user);
        assertThat(known.getPassword()).isEqualTo(password == null ? null : password.toCharArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://h:1?verifyPeer=NONE/shop",
                "rediss://h?verifyPeer=NONE/shop",
                "redis://h:1/shop?verifyPeer=NONE",
                "redis://a:1,b:2/shop",
                "redis://h:0/shop",
                "redis://h:65536/shop",
                "redis://h:123456/shop",
                "redis://h:/shop",
                "redis://:1/shop",
                "redis://h h/shop",
                "redis://u:SECRET/x@h:1/shop",
                "redis://u:SECRET#x@h:1/shop",
                "redis://u:SECRET?x@h:1/shop",
                "redis://u:SECRET@x@h:1/shop",
                "redis://u:SECRET%@h:1/shop",
                "redis://u:SECRET%zz@h:1/shop",
                "REDIS://u:SECRET@h:1/shop",
                "redis-sentinel://u:SECRET@a:1,b:2/shop",
                "redis://u:SECRET@h:1/shop#main",
            })
    void whatHasNotTheFormIsRefusedAndShowsNoPassword(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem().category()).isEqualTo(Problem.Category.LOCAL_MISUSE))
                .hasMessageNotContaining("SECRET")
                .hasMessageContaining(text.startsWith("redis://u:SECRET%") ? "%25" : "shop");
    }

    @Test
    void allSentinelsAreReachedByTlsAndNoneIsGivenThePassword() throws Exception {
        RedisURI uri = parse("rediss-sentinel://u:p@a:1,b/shop#main").uri();

        assertThat(uri.getSentinelMasterId()).isEqualTo("main");
        assertThat(credentials(uri).getPassword()).isEqualTo("p".toCharArray());
        assertThat(uri.getSentinels()).extracting(RedisURI::getPort).isEqualTo(List.of(1, 26379));
        assertThat(uri.getSentinels()).allSatisfy(sentinel -> {
            assertThat(sentinel.isSsl()).isTrue();
            assertThat(sentinel.getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
            assertThat(credentials(sentinel).hasPassword()).isFalse();
        });
        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
    }
}
