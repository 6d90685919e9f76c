package dev.akushu.fleet;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes links to the store; has the threads of Lettuce that serve them. */
final class StoreClient implements AutoCloseable {
    /** More than any store should owe; then further ClientHellos are not even sent. */
    private static final int MOST_UNANSWERED = 10_000;

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(1);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    /** For TLS and the first words, which take a JVM that has just begun far longer than what follows. */
    private static final Duration GREETING_LIMIT = Duration.ofSeconds(5);

    private final StoreAddress address;
    private final ClientResources threads;
    private final RedisClient client;

    private StoreClient(StoreAddress address, ClientResources threads, RedisClient client) {
        this.address = address;
        this.threads = threads;
        this.client = client;
    }

    /** Nothing is connected yet. */
    static StoreClient of(String text, StoreAccess access) throws TlsException {
        StoreAddress address = StoreAddress.parse(text, GREETING_LIMIT);
        if (!address.tls() && access.hasCertificates()) {
            throw Problem.FLEET_MISCONFIGURED.with(
                    "address of the store", address.shown(), "certificates are given, but it is not rediss://");
        }
        access.requireReadable();
        access.user()
                .ifPresent(user -> address.uri()
                        .setCredentialsProvider(RedisCredentialsProvider.from(() -> RedisCredentials.just(
                                user.name(), user.password().get()))));
        ClientResources threads = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        RedisClient client = RedisClient.create(threads);
        client.setOptions(options(address, access));
        return new StoreClient(address, threads, client);
    }

    private static ClientOptions options(StoreAddress address, StoreAccess access) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_UNANSWERED)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_LIMIT).build());
        if (address.tls()) {
            SslOptions.Builder tls = SslOptions.builder()
                    .jdkSslProvider()
                    .protocols("TLSv1.3")
                    .handshakeTimeout(GREETING_LIMIT)
                    .sslContext(netty -> netty.sslContextProvider(new AkushuProvider()));
            access.authorities().ifPresent(file -> tls.trustManager(file.toFile()));
            access.identity()
                    .ifPresent(own ->
                            tls.keyManager(own.chain().toFile(), own.key().toFile(), null));
            options.sslOptions(tls.build());
        }
        return options.build();
    }

    StoreAddress address() {
        return address;
    }

    /** What {@code failed} means: whether the store answered at all. */
    TlsException fault(Throwable failed) {
        Problem problem = Problem.STORE_UNREACHABLE;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                problem = Problem.STORE_REFUSED;
            }
        }
        return problem.causedBy(failed, address.shown(), String.valueOf(failed.getMessage()));
    }

    /** What it means that a key could not be wrapped for the store. */
    TlsException notWrapped(GeneralSecurityException failed) {
        return Problem.FLEET_MISCONFIGURED.causedBy(
                failed,
                "key-encryption key for the store",
                address.shown(),
                "it wraps no ticket key: " + failed.getMessage());
    }

    /** A new link; blocks until it is there, for some seconds at most. */
    RedisLink connect(Runnable onChange) throws IOException {
        return RedisLink.connect(client, address, COMMAND_LIMIT, onChange);
    }

    @Override
    public void close() {
        var _ = client.shutdownAsync(0, 1, TimeUnit.SECONDS);
        var _ = threads.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
