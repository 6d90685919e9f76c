package dev.akushu.jsse;

import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** What events of Java Flight Recorder about one connection have in common: which one it is. */
abstract class ConnectionEvent extends Event {
    @Label("Role")
    @Nullable String role;

    @Label("Peer Host")
    @Nullable String peerHost;

    @Label("Peer Port")
    int peerPort;

    /** Tells which connection it is. */
    final void of(String ownRole, @Nullable String host, int port) {
        role = ownRole;
        peerHost = host;
        peerPort = port;
    }
}
