package dev.akushu.fleet;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TicketKeys;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fleet's keys, and where none of them seals, one of this server alone: its tickets open only here, which is better than none. */
final class FleetKeys implements TicketKeySource {
    private final Supplier<List<TicketKey>> shared;
    private final TicketKeys own;

    private volatile boolean ownInUse;

    FleetKeys(Supplier<List<TicketKey>> shared, TicketKeys own) {
        this.shared = shared;
        this.own = own;
    }

    @Override
    public List<TicketKey> keys() {
        List<TicketKey> all = shared.get();
        return ownInUse ? Stream.concat(all.stream(), own.keys().stream()).toList() : all;
    }

    @Override
    public TicketKey sealingKey(Instant now) {
        TicketKey key = sharedSealingKey(now);
        if (key != null) {
            return key;
        }
        ownInUse = true;
        return own.sealingKey(now);
    }

    /** The fleet's key that seals, or null. */
    @Nullable TicketKey sharedSealingKey(Instant now) {
        TicketKeySource source = shared::get;
        return source.sealingKey(now);
    }

    @Override
    public @Nullable TicketKey openingKey(Bytes name, Instant now) {
        TicketKeySource source = shared::get;
        TicketKey key = source.openingKey(name, now);
        return key == null && ownInUse ? own.openingKey(name, now) : key;
    }
}
