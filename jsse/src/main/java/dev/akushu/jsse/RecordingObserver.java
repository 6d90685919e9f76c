package dev.akushu.jsse;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells Java Flight Recorder of resumptions, tickets and alerts of one connection. There is none unless a recording asked
 * for one of them when the connection began, because core makes no events without an observer.
 */
final class RecordingObserver implements Observer {
    private final String role;
    private final @Nullable String host;
    private final int port;

    RecordingObserver(Role role, @Nullable String host, int port) {
        this.role = role.name();
        this.host = host;
        this.port = port;
    }

    /** Whether a recording asks for any of it. */
    static boolean isAskedFor() {
        return new ResumptionEvent().isEnabled() || new TicketEvent().isEnabled() || new AlertEvent().isEnabled();
    }

    @Override
    public void on(TraceEvent event) {
        switch (event) {
            case TraceEvent.ResumptionDecided decided -> resumption(decided.reason());
            case TraceEvent.TicketSealed sealed ->
                ticket("SEALED", sealed.keyName(), sealed.lifetime(), sealed.ticketLength());
            case TraceEvent.TicketOpened opened -> ticket("OPENED", opened.keyName(), opened.age(), 0);
            case TraceEvent.TicketReceived received ->
                ticket(received.kept() ? "RECEIVED" : "DROPPED", null, received.lifetime(), received.ticketLength());
            case TraceEvent.Alert alert -> alert(alert);
            default -> {
                // Of the rest, the event of the handshake tells what matters.
            }
        }
    }

    private void resumption(@Nullable NotResumed reason) {
        ResumptionEvent event = new ResumptionEvent();
        if (event.shouldCommit()) {
            event.of(role, host, port);
            event.resumed = reason == null;
            event.notResumed = reason == null ? null : reason.name();
            event.commit();
        }
    }

    private void ticket(String action, @Nullable Bytes keyName, Duration time, int length) {
        TicketEvent event = new TicketEvent();
        if (event.shouldCommit()) {
            event.of(role, host, port);
            event.action = action;
            event.keyName = keyName == null ? null : keyName.toString();
            event.time = time.toMillis();
            event.length = length;
            event.commit();
        }
    }

    private void alert(TraceEvent.Alert alert) {
        AlertEvent event = new AlertEvent();
        if (event.shouldCommit()) {
            AlertDescription known = AlertDescription.find(alert.code());
            event.of(role, host, port);
            event.direction = alert.flow().name();
            event.alert = known == null ? "unknown" : known.alertName();
            event.code = alert.code();
            event.fatal = alert.fatal();
            event.commit();
        }
    }
}
