package dev.akushu.cli.demo;

import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;

/** Counts what passes the wire, both ways, until one end is done with the handshake. For one connection. */
final class HandshakeBytes implements Observer {
    private boolean done;
    private long count;

    @Override
    public synchronized void on(TraceEvent event) {
        switch (event) {
            case TraceEvent.RecordPassed passed -> count += done ? 0 : passed.length();
            case TraceEvent.HandshakeDone _ -> done = true;
            default -> {
                // Adds nothing to the wire.
            }
        }
    }

    synchronized long count() {
        return count;
    }
}
