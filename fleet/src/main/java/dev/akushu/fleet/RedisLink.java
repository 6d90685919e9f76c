package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TicketKey;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to one process of Redis or Valkey: for commands, and to be told of changes. When either ends, so does the link, and a new one is made: what is known of the process, and what was sent to it, never
 * passes to another one unnoticed.
 */
final class RedisLink implements EntryStore, AutoCloseable {
    /** A script looks at about so many fields at a time, which holds up others for less than a millisecond. */
    private static final int FIELDS = 500;

    private static final Pattern FIELD = Pattern.compile("(?m)^([a-z_]+):([^\\r\\n]*)");

    private final String prefix;
    private final String entriesKey;
    private final String noteKey;
    private final String store;
    private final Duration limit;
    private final StatefulRedisConnection<String, String> connection;
    private final StatefulRedisPubSubConnection<String, String> changes;
    private final RedisAsyncCommands<String, String> commands;
    private final String holder = UUID.randomUUID().toString();

    private volatile boolean closing;
    private volatile String run = "";
    private volatile String reign = "";
    private volatile Optional<String> evictionPolicy = Optional.empty();
    private volatile Map<StoreScript, String> digests = Map.of();

    /**
     * Begins to follow the store over two connections, and closes them if that fails.
     *
     * @param address of the store
     * @param limit how long one command may take
     * @param onChange called by a thread of Lettuce's when entries have changed, or the link has ended by itself
     * @throws IOException if the store refuses, or is none
     */
    static RedisLink over(
            StatefulRedisConnection<String, String> connection,
            StatefulRedisPubSubConnection<String, String> changes,
            StoreAddress address,
            Duration limit,
            Runnable onChange)
            throws IOException {
        RedisLink link = new RedisLink(connection, changes, address, limit);
        try {
            link.follow(onChange);
            return link;
        } catch (IOException | RuntimeException failed) {
            link.close();
            throw failed;
        }
    }

    private RedisLink(
            StatefulRedisConnection<String, String> connection,
            StatefulRedisPubSubConnection<String, String> changes,
            StoreAddress address,
            Duration limit) {
        prefix = StoreAddress.prefix(address.fleet());
        entriesKey = StoreAddress.entriesKey(address.fleet());
        noteKey = prefix + "since";
        store = address.shown();
        this.limit = limit;
        this.connection = connection;
        this.changes = changes;
        commands = connection.async();
    }

    private void follow(Runnable onChange) throws IOException {
        run = Optional.ofNullable(fields(await(commands.info("server"))).get("run_id"))
                .orElseThrow(() -> Problem.STORE_OF_ANOTHER_KIND.with(store));
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
                // An end of our own making is no news.
                if (!closing) {
                    onChange.run();
                }
            }
        };
        connection.addListener(end);
        changes.addListener(end);
    }

    /** Asks again for what may change while the link lasts: an operator may set the store otherwise, and take its scripts away. */
    void refresh() throws IOException {
        Map<String, String> replication = fields(await(commands.info("replication")));
        if (replication.getOrDefault("role", "").equals("slave")) {
            throw Problem.STORE_IS_REPLICA.with(store);
        }
        Map<String, String> memory = fields(await(commands.info("memory")));
        evictionPolicy = memory.getOrDefault("maxmemory", "0").equals("0")
                ? Optional.empty()
                : Optional.ofNullable(memory.get("maxmemory_policy"))
                        .filter(policy -> !policy.equals("noeviction"))
                        .map(StoreFault::printable);
        // The second is another one whenever a replica becomes the master, be it again, and the third when something
        // was thrown away.
        reign = String.join(
                ":",
                run,
                replication.getOrDefault("master_replid", ""),
                fields(await(commands.info("stats"))).getOrDefault("evicted_keys", ""));
        Map<StoreScript, String> loaded = new EnumMap<>(StoreScript.class);
        for (StoreScript script : StoreScript.values()) {
            loaded.put(script, await(commands.scriptLoad(script.text())));
        }
        digests = loaded;
    }

    private static Map<String, String> fields(String info) {
        return FIELD.matcher(info)
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2), (first, again) -> again));
    }

    private String channel() {
        return prefix + "changed";
    }

    /** Whether both connections are there. */
    boolean isOpen() {
        return connection.isOpen() && changes.isOpen();
    }

    /** The setting by which the store throws entries away when it is full; empty if it throws none away. */
    Optional<String> evictionPolicy() {
        return evictionPolicy;
    }

    /**
     * What a look at the store's clock has found.
     *
     * @param difference by how much it differs from the server's at least; not positive if it does not
     * @param isNoted whether the store could note the time, and so would be caught if that came again
     */
    record Clock(Duration difference, boolean isNoted) {}

    /**
     * Compares the store's clock with {@code clock}.
     *
     * @param silence for how long nobody may look
     */
    Clock compare(InstantSource clock, Duration silence) throws IOException {
        Instant before = clock.instant();
        String[] keys = {noteKey};
        RedisFuture<List<String>> asked =
                evaluate(StoreScript.TIME, ScriptOutputType.MULTI, keys, reign, String.valueOf(silence.toMillis()));
        List<String> time = await(asked);
        return new Clock(difference(before, time, clock.instant()), !time.get(2).isEmpty());
    }

    /** By how much the store's clock differs from {@code clock} at least, noted nowhere; not positive if it does not. */
    Duration differenceTo(InstantSource clock) throws IOException {
        Instant before = clock.instant();
        return difference(before, await(commands.time()), clock.instant());
    }

    private static Duration difference(Instant before, List<String> time, Instant after) {
        Instant there = Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1000);
        Duration ahead = Duration.between(after, there);
        Duration behind = Duration.between(there, before);
        return ahead.compareTo(behind) > 0 ? ahead : behind;
    }

    /**
     * What the store is asked about a ClientHello.
     *
     * @param id tells it from others
     * @param silence for how long nobody may look at the store's clock
     * @param asked the server's time
     * @param difference by how much the store's may be another
     * @param earliest when the ClientHello is fresh by the store's clock
     * @param latest until when
     * @param age how long the store must have been there for its word to be good, and how long to remember what a server asks about whose time is another
     */
    record Question(
            String id,
            Duration silence,
            Instant asked,
            Duration difference,
            Instant earliest,
            Instant latest,
            Duration age) {}

    /** Remembers a ClientHello; the answer may never come. */
    CompletionStage<ReplayGuard.Answer> remember(Question question) {
        String[] keys = {noteKey, prefix + "hello:" + question.id};
        RedisFuture<String> answer = evaluate(
                StoreScript.REMEMBER,
                ScriptOutputType.VALUE,
                keys,
                reign,
                String.valueOf(question.silence.toMillis()),
                String.valueOf(question.asked.toEpochMilli()),
                String.valueOf(question.difference.toMillis()),
                String.valueOf(question.earliest.toEpochMilli()),
                String.valueOf(question.latest.toEpochMilli()),
                String.valueOf(question.age.toMillis()));
        return answer.thenApply(ReplayGuard.Answer::valueOf);
    }

    private <T> RedisFuture<T> evaluate(StoreScript script, ScriptOutputType type, String[] keys, String... arguments) {
        return commands.evalsha(digests.getOrDefault(script, ""), type, keys, arguments);
    }

    @Override
    public Part part(String from) throws IOException {
        String[] keys = {entriesKey};
        RedisFuture<List<String>> asked = evaluate(
                StoreScript.PART,
                ScriptOutputType.MULTI,
                keys,
                from,
                String.valueOf(FIELDS),
                String.valueOf(EntryHead.LONGEST),
                String.valueOf(2 * TicketKey.NAME_LENGTH));
        List<String> part = await(asked);
        Map<String, String> entries = new HashMap<>();
        for (int i = 2; i < part.size(); i += 2) {
            entries.put(part.get(i), part.get(i + 1));
        }
        return new Part(entries, Integer.parseInt(part.get(1)), part.get(0));
    }

    @Override
    public Map<String, String> named(Collection<String> names) throws IOException {
        List<String> all = List.copyOf(names);
        String[] keys = {entriesKey};
        String[] arguments = Stream.concat(Stream.of(String.valueOf(EntryHead.LONGEST)), all.stream())
                .toArray(String[]::new);
        RedisFuture<List<@Nullable String>> asked =
                evaluate(StoreScript.NAMED, ScriptOutputType.MULTI, keys, arguments);
        List<@Nullable String> texts = await(asked);
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text != null) {
                found.put(all.get(i), text);
            }
        }
        return found;
    }

    @Override
    public void put(String name, String entry) throws IOException {
        await(commands.hset(entriesKey, name, entry));
    }

    @Override
    public void putIfAbsent(String name, String entry) throws IOException {
        await(commands.hsetnx(entriesKey, name, entry));
    }

    @Override
    public void expireAfter(Duration time) throws IOException {
        await(commands.pexpire(entriesKey, time.toMillis()));
    }

    @Override
    public void remove(Collection<String> names) throws IOException {
        await(commands.hdel(entriesKey, names.toArray(String[]::new)));
    }

    @Override
    public boolean lease(Duration time) throws IOException {
        return await(commands.set(prefix + "lease", holder, SetArgs.Builder.nx().px(time.toMillis()))) != null;
    }

    @Override
    public void release() throws IOException {
        String[] keys = {prefix + "lease"};
        RedisFuture<Long> released = evaluate(StoreScript.RELEASE, ScriptOutputType.INTEGER, keys, holder);
        await(released);
    }

    @Override
    public void announce() throws IOException {
        await(commands.publish(channel(), "changed"));
    }

    private <T extends @Nullable Object> T await(RedisFuture<T> asked) throws IOException {
        return Awaiting.answer(asked, limit, store);
    }

    @Override
    public void close() {
        closing = true;
        // Waited for, because Lettuce warns of what is closed again when all ends.
        CompletableFuture.allOf(connection.closeAsync(), changes.closeAsync())
                .completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(_ -> null)
                .join();
    }
}
