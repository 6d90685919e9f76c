package dev.akushu.lab.stage;

import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TicketKeys;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ticket Keys that can be retired before their time, as an operator does whose keys were stolen. */
final class ReplaceableKeys implements TicketKeySource {
    private volatile TicketKeys present = TicketKeys.rotating();

    /** Forgets the keys; the next are new. */
    void retire() {
        List<TicketKey> old = present.keys();
        present = TicketKeys.rotating();
        old.forEach(TicketKey::retire);
    }

    @Override
    public List<TicketKey> keys() {
        return present.keys();
    }

    @Override
    public @Nullable TicketKey sealingKey(Instant now) {
        return present.sealingKey(now);
    }
}
