package dev.akushu.fleet;

import dev.akushu.tls.ReplayGuard;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to one process of Redis or Valkey: for commands, and to be told of changes. When either ends, so does the link, and a new one is made: what is known of the process, and what was sent to it, never
 * passes to another one unnoticed.
 *
 * <p>All keys of a fleet begin with {@code akushu:{NAME}:}, so that an ACL can be made for them.
 */
final class RedisLink implements EntryStore, AutoCloseable {
    /**
     * Remembers a ClientHello. What a store has kept since when is noted together with the run of its process: one that was started anew, or a replica that took over, may lack what the one
     * before had remembered, and then nothing is fresh until all of that would be over (RFC 9846 section 8.2).
     *
     * <p>KEYS: the ClientHello, the note. ARGV: the run, how long to remember, how long a store must have been there; in milliseconds.
     */
    private static final String REMEMBER = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local note = redis.call('GET', KEYS[2]) or ''
            local run, since = string.match(note, '^(%S+) (%d+)$')
            if run ~= ARGV[1] then
              since = now
              redis.call('SET', KEYS[2], ARGV[1] .. ' ' .. string.format('%.0f', now))
            end
            if not redis.call('SET', KEYS[1], '', 'NX', 'PX', ARGV[2]) then return 'SEEN' end
            if now - since <= tonumber(ARGV[3]) then return 'CANNOT_TELL' end
            return 'FRESH'
            """;

    /** Gives up a lease that is still its holder's. KEYS: the lease. ARGV: the holder. */
    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private static final Pattern FIELD = Pattern.compile("(?m)^([a-z_]+):([^\\r\\n]*)");

    private final String prefix;
    private final Duration limit;
    private final StatefulRedisConnection<String, String> connection;
    private final StatefulRedisPubSubConnection<String, String> changes;
    private final RedisAsyncCommands<String, String> commands;
    private final String run;
    private final String holder = UUID.randomUUID().toString();

    private volatile Optional<String> evictionPolicy = Optional.empty();
    private volatile String remember = "";
    private volatile String release = "";

    /**
     * Connects; blocks until that is done.
     *
     * @param limit how long one command may take
     * @param onChange called by a thread of Lettuce's when entries have changed, or the link has ended
     * @throws IOException if the store is not there or refuses
     */
    static RedisLink connect(RedisClient client, StoreAddress address, Duration limit, Runnable onChange)
            throws IOException {
        StatefulRedisConnection<String, String> connection = null;
        try {
            connection = client.connect(StringCodec.UTF8, address.uri());
            StatefulRedisPubSubConnection<String, String> changes =
                    client.connectPubSub(StringCodec.UTF8, address.uri());
            try {
                return new RedisLink("akushu:{" + address.fleet() + "}:", limit, connection, changes, onChange);
            } catch (IOException | RuntimeException failed) {
                var _ = changes.closeAsync();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            if (connection != null) {
                var _ = connection.closeAsync();
            }
            throw failed instanceof IOException known ? known : new IOException(reason(failed), failed);
        }
    }

    private RedisLink(
            String prefix,
            Duration limit,
            StatefulRedisConnection<String, String> connection,
            StatefulRedisPubSubConnection<String, String> changes,
            Runnable onChange)
            throws IOException {
        this.prefix = prefix;
        this.limit = limit;
        this.connection = connection;
        this.changes = changes;
        commands = connection.async();
        Map<String, String> server = fields(await(commands.info("server")));
        run = Optional.ofNullable(server.get("run_id"))
                .orElseThrow(() -> new IOException("INFO says no run_id: it is neither Redis nor Valkey"));
        refresh();
        changes.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                onChange.run();
            }
        });
        await(changes.async().subscribe(channel()));
        RedisConnectionStateListener end = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
                onChange.run();
            }
        };
        connection.addListener(end);
        changes.addListener(end);
    }

    /** Asks again for what may change while the link lasts: an operator may set the store otherwise, and take its scripts away. */
    void refresh() throws IOException {
        if (fields(await(commands.info("replication"))).getOrDefault("role", "").equals("slave")) {
            throw new IOException("it is a replica, to which nothing can be written");
        }
        Map<String, String> memory = fields(await(commands.info("memory")));
        evictionPolicy = memory.getOrDefault("maxmemory", "0").equals("0")
                ? Optional.empty()
                : Optional.ofNullable(memory.get("maxmemory_policy"))
                        .filter(policy -> !policy.equals("noeviction"))
                        .map(RedisLink::printable);
        remember = await(commands.scriptLoad(REMEMBER));
        release = await(commands.scriptLoad(RELEASE));
    }

    private static Map<String, String> fields(String info) {
        return FIELD.matcher(info)
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2), (first, again) -> again));
    }

    private String channel() {
        return prefix + "changed";
    }

    private String entriesKey() {
        return prefix + "keys";
    }

    /** Whether both connections are there. */
    boolean isOpen() {
        return connection.isOpen() && changes.isOpen();
    }

    /** The setting by which the store throws entries away when it is full; empty if it throws none away. */
    Optional<String> evictionPolicy() {
        return evictionPolicy;
    }

    /** By how much the store's clock differs from {@code clock} at least; not positive if it does not. */
    Duration differenceTo(InstantSource clock) throws IOException {
        Instant before = clock.instant();
        List<String> time = await(commands.time());
        Instant there = Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1000);
        Duration ahead = Duration.between(clock.instant(), there);
        Duration behind = Duration.between(there, before);
        return ahead.compareTo(behind) > 0 ? ahead : behind;
    }

    /**
     * Remembers a ClientHello; the answer may never come.
     *
     * @param id tells it from others
     * @param forTime how long
     * @param age how long the store must have been there for its word to be good
     */
    CompletionStage<ReplayGuard.Answer> remember(String id, Duration forTime, Duration age) {
        String[] keys = {prefix + "hello:" + id, prefix + "since"};
        RedisFuture<String> answer = commands.evalsha(
                remember, ScriptOutputType.VALUE, keys, run, millis(forTime), String.valueOf(age.toMillis()));
        return answer.thenApply(ReplayGuard.Answer::valueOf);
    }

    private static String millis(Duration time) {
        return String.valueOf(Math.max(1, time.toMillis()));
    }

    @Override
    public Map<String, String> entries() throws IOException {
        return await(commands.hgetall(entriesKey()));
    }

    @Override
    public void put(String name, String entry) throws IOException {
        await(commands.hset(entriesKey(), name, entry));
    }

    @Override
    public void putIfAbsent(String name, String entry) throws IOException {
        await(commands.hsetnx(entriesKey(), name, entry));
    }

    @Override
    public void expireAfter(Duration time) throws IOException {
        await(commands.pexpire(entriesKey(), time.toMillis()));
    }

    @Override
    public void remove(String name) throws IOException {
        await(commands.hdel(entriesKey(), name));
    }

    @Override
    public boolean lease(Duration time) throws IOException {
        return await(commands.set(prefix + "lease", holder, SetArgs.Builder.nx().px(time.toMillis()))) != null;
    }

    @Override
    public void release() throws IOException {
        String[] keys = {prefix + "lease"};
        RedisFuture<Long> released = commands.evalsha(release, ScriptOutputType.INTEGER, keys, holder);
        await(released);
    }

    @Override
    public void announce() throws IOException {
        await(commands.publish(channel(), "changed"));
    }

    private <T extends @Nullable Object> T await(RedisFuture<T> future) throws IOException {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException(String.format(Locale.ROOT, "no answer within %d ms", limit.toMillis()), late);
        } catch (ExecutionException | RedisException failed) {
            throw new IOException(reason(failed), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** The message of the innermost exception: the outer ones say little. It may be the store's, and goes to terminals. */
    static String reason(Throwable failed) {
        Throwable innermost = failed;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : printable(message.replaceFirst("[.]$", ""));
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void close() {
        // Waited for, because Lettuce warns of what is closed again when all ends.
        CompletableFuture.allOf(connection.closeAsync(), changes.closeAsync())
                .completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(_ -> null)
                .join();
    }
}
