package dev.akushu.bench.idle;

import dev.akushu.bench.harness.Memory;
import dev.akushu.bench.stack.End;
import dev.akushu.bench.stack.Ends;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.bench.stack.Shaker.Pair;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;

/** One JVM with many connections of one stack: bytes that a pair keeps in the heap and outside. Arguments: stack, the file of the servers, the number of pairs. */
final class IdleFork {
    private static final int WARM_UP = 500;

    /** Conscrypt takes two an engine; a few are for others. */
    private static final int DESCRIPTORS_A_PAIR = 5;

    private IdleFork() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException, InterruptedException {
        int count = (int) Math.min(Long.parseLong(arguments[2]), Memory.mostDescriptors() / DESCRIPTORS_A_PAIR);
        // First, since it may install a provider, whose own keys and certificates are then read.
        Stack stack = Stacks.of(arguments[0]);
        Servers servers = Servers.read(Path.of(arguments[1]), 1);
        Ends ends = stack.open(Scenario.SAME_SERVER, servers, servers.root());
        Shaker shaker = new Shaker(Scenario.SAME_SERVER, ends, 0);
        for (int i = 0; i < WARM_UP; i++) {
            shaker.run();
        }
        End[] clients = new End[count];
        End[] all = new End[count];
        Memory before = Memory.now();
        for (int i = 0; i < count; i++) {
            Pair pair = shaker.connect();
            pair.client().rest();
            pair.server().rest();
            clients[i] = pair.client();
            all[i] = pair.server();
        }
        Memory after = Memory.now();
        print("heap", after.heap() - before.heap(), count);
        print("outside", after.resident() - before.resident(), count);
        print("sum", after.heap() - before.heap() + after.resident() - before.resident(), count);
        print("descriptors", after.descriptors() - before.descriptors(), count);
        // They must all be there, and be connections still.
        for (int i = 0; i < count; i++) {
            Pair pair = new Pair(clients[i], all[i]);
            shaker.exchange(pair);
            pair.client().rest();
            pair.server().rest();
        }
        if (!ends.areNative()) {
            Arrays.fill(clients, null);
            print("server", Memory.now().heap() - before.heap(), count);
        }
        for (End server : all) {
            server.release();
        }
    }

    private static void print(String measure, long total, int count) {
        System.out.printf(Locale.ROOT, "%s %.1f%n", measure, (double) total / count);
    }
}
