package dev.akushu.cli.connect;

import dev.akushu.cli.console.Audience;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ProgressLine;
import dev.akushu.cli.console.Witness;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import java.time.Duration;

/**
 * Calls one server, as often as it is wanted, and has each connection watched.
 *
 * @param client how
 * @param target whom
 * @param audience who hears of it
 * @param patience how long to wait for an answer
 */
record Calls(TlsClient client, Target target, Audience audience, Duration patience) {
    /** Connects and shakes hands. */
    Call call(int number) throws CommandFailure {
        Console console = audience.console();
        Witness witness = audience.witness(number, console.lookOfErrors(), console::status);
        TlsClient watched =
                client.toBuilder().observer(witness.observer(Role.CLIENT)).build();
        // A story is progress enough, and the two would write over each other.
        String waiting = audience.explain() ? "" : console.words().text("connect.waiting", target);
        try (ProgressLine _ = console.progress(waiting)) {
            long begun = System.nanoTime();
            TlsConnection connection = watched.connect(target.host(), target.port());
            Duration time = Duration.ofNanos(System.nanoTime() - begun);
            return new Call(connection, connection.session().orElseThrow(), witness, time);
        } catch (TlsException failed) {
            witness.end();
            throw new CommandFailure(witness.failure(failed), failed);
        }
    }
}
