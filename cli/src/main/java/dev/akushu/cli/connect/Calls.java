package dev.akushu.cli.connect;

import dev.akushu.cli.console.Audience;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ProgressLine;
import dev.akushu.cli.console.Witness;
import dev.akushu.cli.option.Export;
import dev.akushu.lab.record.RecordedCall;
import dev.akushu.lab.record.Recording;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.KeyLog;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.trace.Observer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls one server, as often as it is wanted, and has each connection watched.
 *
 * @param client how
 * @param target whom
 * @param audience who hears of it
 * @param patience how long to wait for an answer
 * @param exports what is exported of each connection
 * @param report where the connections are written down, or null
 */
record Calls(
        TlsClient client,
        Target target,
        Audience audience,
        Duration patience,
        List<Export> exports,
        @Nullable ReportFile report) {
    /** The same, written down in {@code file} unless it is null. */
    Calls keptIn(@Nullable ReportFile file) {
        return new Calls(client, target, audience, patience, exports, file);
    }

    /** Connects and shakes hands. */
    Call call(int number) throws CommandFailure {
        return call(number, null);
    }

    /** As {@link #call(int)}, with data to send early if it is not null. */
    Call call(int number, @Nullable EarlyData early) throws CommandFailure {
        Console console = audience.console();
        Witness witness = audience.witness(number, console.lookOfErrors(), console::status);
        Recording recording = report == null ? null : report.begin();
        // A story is progress enough, and the two would write over each other.
        String waiting = audience.explain() ? "" : console.words().text("connect.waiting", target);
        try (ProgressLine _ = console.progress(waiting)) {
            long begun = System.nanoTime();
            TlsConnection connection = connect(witness, recording, early);
            Duration time = Duration.ofNanos(System.nanoTime() - begun);
            return new Call(connection, connection.session().orElseThrow(), witness, recording, time);
        } catch (TlsException failed) {
            witness.end();
            if (recording != null) {
                recording.end();
            }
            throw new CommandFailure(witness.failure(failed), failed);
        }
    }

    private TlsConnection connect(Witness witness, @Nullable Recording recording, @Nullable EarlyData early)
            throws TlsException {
        TlsClient.Builder watched = client.toBuilder();
        Observer observer = witness.observer(Role.CLIENT);
        if (recording == null) {
            TlsClient unrecorded = watched.observer(observer).build();
            return early == null
                    ? unrecorded.connect(target.host(), target.port())
                    : unrecorded.connect(target.host(), target.port(), early);
        }
        KeyLog kept = recording.keyLog();
        KeyLog keyLog = client.keyLog().map(other -> both(other, kept)).orElse(kept);
        TlsClient recorded = watched.observer(observer.and(recording.observer(Role.CLIENT)))
                .keyLog(keyLog)
                .build();
        return RecordedCall.connect(recorded, target.host(), target.port(), early, recording);
    }

    private static KeyLog both(KeyLog one, KeyLog other) {
        return line -> {
            one.line(line);
            other.line(line);
        };
    }
}
