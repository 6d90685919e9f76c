package dev.akushu.bench.handshake;

import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.stack.Ends;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.ServerMaker;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;

/**
 * One JVM, which measures one scenario of one stack: microseconds of both ends, of each of them unless it is but a look, and bytes that both allocate. Arguments: stack or floor, scenario, the file of the servers, effort.
 */
final class HandshakeFork {
    private HandshakeFork() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        Scenario scenario = Scenario.valueOf(arguments[1]);
        Effort effort = Effort.of(arguments, 3);
        if (Handshakes.FLOORS.containsKey(arguments[0])) {
            Servers servers = Servers.read(Path.of(arguments[2]), scenario.servers());
            Floor floor = new Floor(crypto(arguments[0]), scenario, servers);
            print("both", Meter.micros(floor, effort));
            print("bytes", (double) Meter.bytes(floor));
            return;
        }
        Stack stack = Stacks.of(arguments[0]);
        Optional<String> lack = stack.lack(scenario);
        if (lack.isPresent()) {
            System.out.println("- " + lack.get());
            return;
        }
        Servers servers = Servers.read(Path.of(arguments[2]), scenario.servers());
        Ends ends = stack.open(scenario, servers, servers.root());
        requireVerification(stack, scenario, servers);
        Shaker shaker = new Shaker(scenario, ends, 0);
        shaker.prime();
        print("both", Meter.micros(shaker::run, effort));
        print("bytes", (double) Meter.bytes(shaker::run));
        if (effort.isQuick()) {
            return;
        }
        SplitEnds split = new SplitEnds(ends);
        // With ports of its own: for those of the other one there are sessions.
        Shaker splitShaker = new Shaker(scenario, split, 1);
        splitShaker.prime();
        double[] sides = Meter.medians(seconds -> sides(splitShaker, split, seconds), effort);
        print("client", sides[0]);
        print("server", sides[1]);
    }

    private static Crypto crypto(String floor) {
        return switch (floor) {
            case Handshakes.OWN_FLOOR -> Crypto.ownCurves();
            case Handshakes.JDK_FLOOR -> Crypto.jdk();
            case Handshakes.NATIVE_FLOOR -> Stacks.nativeCrypto();
            default -> throw new IllegalArgumentException("No floor " + floor + " among " + Handshakes.FLOORS.keySet());
        };
    }

    private static double[] sides(Shaker shaker, SplitEnds split, double seconds) throws IOException {
        long start = Meter.cpu();
        int count = 0;
        do {
            shaker.run();
            count++;
        } while (Meter.cpu() - start < seconds * 1e9);
        return new double[] {split.clients() / 1e3 / count, split.servers() / 1e3 / count};
    }

    /** A client that trusts another root must refuse all of them, or nothing is worth anything. */
    private static void requireVerification(Stack stack, Scenario scenario, Servers servers)
            throws GeneralSecurityException, IOException {
        Scenario full = scenario.isResumed() ? Scenario.SAME_SERVER : scenario;
        Servers one = new Servers(servers.root(), servers.all().subList(0, 1));
        Shaker shaker = new Shaker(full, stack.open(full, one, ServerMaker.strangeRoot()), 0);
        try {
            shaker.run();
        } catch (IOException refused) {
            return;
        }
        throw new IllegalStateException("it verifies no certificate");
    }

    static void print(String measure, double value) {
        System.out.printf(Locale.ROOT, "%s %.2f%n", measure, value);
    }
}
