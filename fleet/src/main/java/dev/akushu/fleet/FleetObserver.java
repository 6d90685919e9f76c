package dev.akushu.fleet;

import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsException;
import java.time.Duration;

/** Hears of what happens between a server and its store; {@code FleetMeters} counts it. Called by threads of the fleet and of handshakes, which it must not hold up. What it throws is logged, and changes nothing. */
public interface FleetObserver {
    /** Something is wrong with the store or with what is in it. Told once for as long as it stays the same; no handshake fails by it. */
    default void onFault(TlsException fault) {}

    /** The store answers: for the first time, or again. */
    default void onJoined() {}

    /**
     * This server begins, or ceases, to share: to seal with keys of the fleet's, and not with one of its own, whose tickets open nowhere else. Told after a look at the store, also of one that failed, and when the last key ceases to seal.
     *
     * @param sharing what {@link Fleet#isSharing} says
     */
    default void onSharing(boolean sharing) {}

    /** How long the store took to answer when the keys were looked at. */
    default void onLook(Duration took) {}

    /** The replay guard has answered. */
    default void onReplayAnswer(ReplayGuard.Answer answer, Duration took) {}
}
