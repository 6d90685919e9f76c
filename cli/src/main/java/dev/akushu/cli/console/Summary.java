package dev.akushu.cli.console;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TlsSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what the last line of JSON tells about the whole run. Safe for use by many threads. */
public final class Summary {
    private final List<Map<String, Object>> handshakes = new ArrayList<>();
    private @Nullable Totals totals;

    private record Totals(long connections, long failures) {}

    Summary() {}

    /** Adds a handshake that was done. */
    public synchronized void handshake(TlsSession session) {
        handshakes.add(describe(session).fields());
    }

    /** For a server that runs for long: how many handshakes were done and how many connections failed, instead of each handshake. */
    public synchronized void totals(long connections, long failures) {
        totals = new Totals(connections, failures);
    }

    /** The line for a run that ended well. */
    synchronized JsonLine ok() {
        return withHandshakes(JsonLine.event("summary").with("ok", true)).with("exit", ExitCode.DONE.number());
    }

    /** The line for a run that ended in {@code failure}. */
    synchronized JsonLine failed(Failure failure) {
        return withHandshakes(JsonLine.event("summary").with("ok", false))
                .with("exit", failure.exit().number())
                .with("failure", failure.id())
                .with("cause", failure.cause())
                .with("remedy", failure.remedy())
                .with("hint", failure.hint().isEmpty() ? null : failure.hint());
    }

    private JsonLine withHandshakes(JsonLine line) {
        if (totals != null) {
            return line.with("connections", totals.connections()).with("failures", totals.failures());
        }
        return line.with("handshakes", List.copyOf(handshakes));
    }

    /** The facts of a session, for programs. */
    public static JsonLine describe(TlsSession session) {
        NotResumed reason = session.notResumed();
        Bytes psk = session.externalPsk();
        return JsonLine.object()
                .with("kind", kind(session))
                .with("suite", session.suite().toString())
                .with("group", Objects.toString(session.group(), null))
                .with("signature", Objects.toString(session.signatureScheme(), null))
                .with("retried", session.retried())
                .with("alpn", session.applicationProtocol())
                .with("server_name", session.serverName())
                .with("external_psk", psk == null ? null : psk.printableAscii())
                .with("not_resumed", reason == null ? null : reason.name().toLowerCase(Locale.ROOT))
                .with("early_data", session.earlyData().outcome().name().toLowerCase(Locale.ROOT))
                .with("early_data_length", session.earlyData().bytes())
                .with("early_data_resent", session.earlyData().resent() ? true : null);
    }

    private static String kind(TlsSession session) {
        if (session.externalPsk() != null) {
            return "psk";
        }
        return session.resumed() ? "resumed" : "full";
    }
}
