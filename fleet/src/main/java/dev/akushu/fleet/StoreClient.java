package dev.akushu.fleet;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Makes links to the store; has the threads of Lettuce that serve them. */
final class StoreClient implements AutoCloseable {
    /** More than any store should owe; then further ClientHellos are not even sent. */
    private static final int MOST_UNANSWERED = 10_000;

    /** Lettuce's own, for whatever kind of channels it chose. */
    private static final AddressResolverGroup<InetSocketAddress> DNS =
            (DnsAddressResolverGroup) DefaultClientResources.DEFAULT_ADDRESS_RESOLVER_GROUP;

    private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(2);
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
        return of(text, access, DNS);
    }

    /** @param lookup finds addresses of names */
    static StoreClient of(String text, StoreAccess access, AddressResolverGroup<InetSocketAddress> lookup)
            throws TlsException {
        StoreAddress address = StoreAddress.parse(text, GREETING_LIMIT);
        if (!address.tls() && access.hasCertificates()) {
            throw Problem.STORE_WITHOUT_TLS.with(address.shown());
        }
        access.requireReadable();
        access.user()
                .ifPresent(user -> address.uri()
                        .setCredentialsProvider(RedisCredentialsProvider.from(() -> RedisCredentials.just(
                                user.name(), user.password().get()))));
        ClientResources threads = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .addressResolverGroup(new LimitedLookup(lookup, LOOKUP_LIMIT))
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

    /** What it means that {@code failed} was thrown. */
    TlsException fault(Throwable failed) {
        return StoreFault.of(address.shown(), failed);
    }

    /** What it means that a key could not be wrapped for the store. */
    TlsException notWrapped(GeneralSecurityException failed) {
        return Problem.TICKET_KEY_NOT_WRAPPED.causedBy(failed, address.shown(), StoreFault.words(failed));
    }

    /** What it means that the keys in use are other servers'. */
    TlsException foreign() {
        return Problem.STORE_KEYS_FOREIGN.with(address.shown(), StoreAddress.entriesKey(address.fleet()));
    }

    /** What it means that there are so many entries that keys may be behind them. */
    TlsException filled(int unused) {
        return Problem.STORE_ENTRIES_UNUSABLE.with(address.shown(), unused, StoreAddress.entriesKey(address.fleet()));
    }

    /** A new link; blocks until it is there, for some seconds at most. */
    RedisLink connect(Runnable onChange) throws IOException {
        RedisURI store = address.master().isEmpty()
                ? address.uri()
                : new Sentinels(address, COMMAND_LIMIT, this::connectSentinel).master();
        StatefulRedisConnection<String, String> commands =
                connected(client.connectAsync(StringCodec.UTF8, store).toCompletableFuture());
        StatefulRedisPubSubConnection<String, String> changes;
        try {
            changes =
                    connected(client.connectPubSubAsync(StringCodec.UTF8, store).toCompletableFuture());
        } catch (IOException failed) {
            var _ = commands.closeAsync();
            throw failed;
        }
        return RedisLink.over(commands, changes, address, COMMAND_LIMIT, onChange);
    }

    private StatefulRedisSentinelConnection<String, String> connectSentinel(RedisURI sentinel) throws IOException {
        return connected(client.connectSentinelAsync(StringCodec.UTF8, sentinel));
    }

    /** Waits for a connection. One that comes too late is closed. */
    private <T extends StatefulConnection<?, ?>> T connected(CompletableFuture<T> asked) throws IOException {
        try {
            return Awaiting.answer(asked, LOOKUP_LIMIT.plus(CONNECT_LIMIT).plus(GREETING_LIMIT), address.shown());
        } catch (IOException failed) {
            var _ = asked.thenAccept(late -> {
                var _ = late.closeAsync();
            });
            throw failed;
        }
    }

    @Override
    public void close() {
        var _ = client.shutdownAsync(0, 1, TimeUnit.SECONDS);
        var _ = threads.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
