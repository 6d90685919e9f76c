package dev.akushu.tls.client;

import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.wire.PskIdentity;
import java.time.Instant;

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
}
