package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;

import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard.Answer;
import dev.akushu.tls.TlsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** What tests of servers of one fleet have in common: a real store, which is empty before each of them, and the servers' faults. */
abstract class FleetAtStore {
    static final KeyWrapping WRAPPING = wrapping(0);
    static final KeyWrapping OTHER_WRAPPING = wrapping(1);

    /** Everything faster than in life; the clock's tolerance is nothing on one machine. */
    static final RollOut QUICK =
            new RollOut(Duration.ofHours(1), Duration.ofSeconds(2), Duration.ofHours(1), Duration.ZERO);

    /** For servers that are told, and hardly ever ask by themselves. */
    static final RollOut SLOW =
            new RollOut(Duration.ofHours(9), Duration.ofHours(2), Duration.ofHours(1), Duration.ZERO);

    /** The store's. */
    @Parameter
    private String program;

    @TempDir
    private Path folder;

    @AutoClose
    private final Started started = new Started();

    final List<TlsException> faults = new CopyOnWriteArrayList<>();
    RedisServer store;

    private static KeyWrapping wrapping(int first) {
        byte[] key = new byte[KeyEncryptionKey.LENGTH];
        key[0] = (byte) first;
        return KeyEncryptionKey.of(List.of(key));
    }

    @BeforeEach
    void startStore() throws Exception {
        store = anotherStore();
    }

    final RedisServer anotherStore(String... options) throws Exception {
        return started.with(new RedisServer(RedisServer.program(program), folder, options));
    }

    /** By one that is started with {@code options}. */
    final void replaceStore(String... options) throws Exception {
        store.close();
        store = anotherStore(options);
    }

    final Fleet.Builder builder() {
        return builder(WRAPPING);
    }

    final Fleet.Builder builder(KeyWrapping wrapping) {
        return Fleet.at(store.address("shop"), wrapping)
                .rollOut(QUICK)
                .pollEvery(Duration.ofMillis(100))
                .replayDeadline(Duration.ofSeconds(1))
                .observer(new FleetObserver() {
                    @Override
                    public void onFault(TlsException fault) {
                        faults.add(fault);
                    }
                });
    }

    final Fleet start(Fleet.Builder builder) throws TlsException {
        return started.with(builder.start());
    }

    final Fleet joined() throws Exception {
        return joined(builder());
    }

    final Fleet joined(Fleet.Builder builder) throws Exception {
        return started.joined(builder);
    }

    final FleetOperator operator(RollOut rollOut) throws TlsException {
        return operator(WRAPPING, rollOut);
    }

    final FleetOperator operator(KeyWrapping wrapping, RollOut rollOut) throws TlsException {
        return FleetOperator.connect(store.address("shop"), wrapping, StoreAccess.DEFAULT, rollOut);
    }

    final void awaitFault(Problem problem) {
        await(() -> faults.stream().anyMatch(fault -> fault.problem() == problem));
    }

    static void awaitFresh(Fleet fleet) {
        await(() -> answer(fleet) == Answer.FRESH);
    }

    /** How often a link to the store has been made. */
    final int links() {
        Matcher calls = Pattern.compile("cmdstat_subscribe:calls=(\\d+)").matcher(store.ask("info", "commandstats"));
        return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
    }
}
