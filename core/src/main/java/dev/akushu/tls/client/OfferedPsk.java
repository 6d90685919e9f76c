package dev.akushu.tls.client;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.engine.EarlyAllowance;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.wire.PskIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pre-shared key on offer, with the head of the key schedule that it gives. RFC 9846 section 4.3.11. */
sealed interface OfferedPsk permits OfferedTicket, OfferedExternal {
    /** Its name, as it goes out at {@code now}. */
    PskIdentity identity(Instant now);

    PskKind kind();

    /** The hash that a suite must have to use it. */
    HashAlgorithm hash();

    EarlySecret earlySecret();

    /** What it says about early data, or null if none may be sent with it. */
    @Nullable EarlyAllowance early();

    /** Why no early data may be sent with it in this connection, as far as it does not depend on the data; or null. */
    @Nullable EarlyDataOutcome refusesEarly(ClientSetting setting);

    /** What it says of the server that takes it, at {@code now}. */
    PeerAuthenticated authenticated(Instant now);

    /** Whether a suite with {@code suiteHash} can use it. */
    default boolean fits(HashAlgorithm suiteHash) {
        return hash().name().equals(suiteHash.name());
    }
}
