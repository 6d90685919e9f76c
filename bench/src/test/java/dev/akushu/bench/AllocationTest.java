package dev.akushu.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.stack.AkushuStack;
import dev.akushu.bench.stack.Ends;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.ServerMaker;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.bench.stack.Shaker.Pair;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

/** What connections allocate, counted and not timed, so that it is the same on every machine. */
class AllocationTest {
    private static final int RECORD = 1 << 14;

    /** Until nothing is done for the first time any more: classes are loaded, pools are filled. */
    private static final int FIRST = 200;

    private static final int WINDOWS = 3;

    /** None of them is met twice. */
    private static final int SERVERS = 600;

    @Test
    void fullHandshakeWithNewServerStaysWithinItsBound() throws GeneralSecurityException, IOException {
        check(Bounds.FULL_NEW_SERVER, handshakes(Scenario.NEW_SERVER));
    }

    @Test
    void fullHandshakeWithSameServerStaysWithinItsBound() throws GeneralSecurityException, IOException {
        check(Bounds.FULL_SAME_SERVER, handshakes(Scenario.SAME_SERVER));
    }

    @Test
    void resumedHandshakeStaysWithinItsBound() throws GeneralSecurityException, IOException {
        check(Bounds.RESUMED, handshakes(Scenario.RESUMED));
    }

    @Test
    void record16KiBStaysWithinItsBound() throws GeneralSecurityException, IOException {
        Pair pair = shaker(Scenario.SAME_SERVER).connect();
        ByteBuffer plain = ByteBuffer.allocate(RECORD);
        ByteBuffer wire = ByteBuffer.allocate(2 * RECORD);
        ByteBuffer opened = ByteBuffer.allocate(2 * RECORD);
        check(Bounds.RECORD_16_KIB, () -> {
            pair.client().seal(plain.clear(), wire.clear());
            pair.server().open(wire.flip(), opened.clear());
            assertThat(opened.position()).isEqualTo(RECORD);
        });
    }

    private static Meter.Task handshakes(Scenario scenario) throws GeneralSecurityException, IOException {
        Shaker shaker = shaker(scenario);
        shaker.prime();
        return shaker::run;
    }

    private static Shaker shaker(Scenario scenario) throws GeneralSecurityException, IOException {
        Servers servers = ServerMaker.create(scenario == Scenario.NEW_SERVER ? SERVERS : 1);
        Ends ends = new AkushuStack(Crypto.ownCurves(), false).open(scenario, servers, servers.root());
        return new Shaker(scenario, ends, 0);
    }

    private static void check(Bounds bound, Meter.Task task) throws IOException {
        for (int i = 0; i < FIRST; i++) {
            task.run();
        }
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < WINDOWS; i++) {
            bytes = Math.min(bytes, Meter.bytes(task));
        }
        assertThat(bytes)
                .as("bytes that %s allocates: more than Bounds allows; find out what allocates more", bound)
                .isLessThanOrEqualTo(bound.bytes());
        assertThat(bytes + bytes / 10)
                .as(
                        "%s allocates %d bytes only, so that a tenth more would pass: lower its bound to %d",
                        bound, bytes, bytes + bytes / 40)
                .isGreaterThan(bound.bytes());
    }
}
