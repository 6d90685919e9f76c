package dev.akushu.tls.samples;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.Trust;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A client that logs each step of its connections. */
final class EventsSample {
    private EventsSample() {}

    // sample: events
    static TlsClient client(Trust trust, Consumer<String> log) {
        AtomicLong connections = new AtomicLong();
        return TlsClient.builder(trust)
                .observers(() -> logger(connections.incrementAndGet(), log)) // one for each connection
                .build();
    }

    private static Observer logger(long connection, Consumer<String> log) {
        return event -> {
            switch (event) {
                case TraceEvent.RecordPassed _, TraceEvent.SecretDerived _ -> {} // many, and seldom of use
                case TraceEvent.Message message ->
                    log.accept(connection + ": " + message.flow() + " " + message.name());
                case TraceEvent.Failed failed ->
                    log.accept(connection + ": " + failed.diagnosis().cause(Locale.ROOT));
                default -> log.accept(connection + ": " + event); // a record, which shows its values
            }
        };
    }
    // end
}
