package dev.akushu.tls.client;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.EarlyAllowance;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.wire.PskIdentity;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ticket on offer, with the head of the key schedule that its pre-shared key gives.
 *
 * @param ticket as it was kept
 * @param suite of the original session; a suite of this session must have its hash, and early data is sent under it
 * @param earlySecret from its pre-shared key
 */
record OfferedTicket(StoredTicket ticket, SuiteCrypto suite, EarlySecret earlySecret) implements OfferedPsk {
    @Override
    public PskIdentity identity(Instant now) {
        return new PskIdentity(ticket.ticket(), ticket.obfuscatedAge(now));
    }

    @Override
    public PskKind kind() {
        return PskKind.RESUMPTION;
    }

    @Override
    public HashAlgorithm hash() {
        return suite.hash();
    }

    @Override
    public @Nullable EarlyAllowance early() {
        long most = ticket.maxEarlyDataBytes();
        return most == 0
                ? null
                : new EarlyAllowance(suite, ticket.origin().applicationProtocol(), most, ticket.recordSizeLimit());
    }

    @Override
    public @Nullable EarlyDataOutcome refusesEarly(ClientSetting setting) {
        if (ticket.maxEarlyDataBytes() == 0) {
            return EarlyDataOutcome.TICKET_WITHOUT_EARLY_DATA;
        }
        boolean sameName = Objects.equals(ticket.origin().serverName(), setting.serverName());
        return sameName ? null : EarlyDataOutcome.OTHER_SERVER_NAME;
    }

    @Override
    public PeerAuthenticated authenticated(Instant now) {
        return PeerAuthenticated.bySession(ticket.origin());
    }
}
