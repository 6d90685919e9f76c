package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.OfferedPsks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client's tickets, all for one server: handed out whatever the client's settings have become meanwhile, changed if
 * need be; and the secret of the last one is remembered, so that a test can bind a ClientHello of its own making.
 */
final class WitnessedTickets implements TicketStore {
    private static final Key ANY = new Key("any", 1, "any");

    private final TicketStore tickets = TicketStore.inMemory(100);
    private final UnaryOperator<StoredTicket> change;
    private byte[] psk = new byte[0];
    private CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;

    WitnessedTickets() {
        this(ticket -> ticket);
    }

    /** Hands each ticket out as {@code change} makes it. */
    WitnessedTickets(UnaryOperator<StoredTicket> change) {
        this.change = change;
    }

    @Override
    public void put(Key key, StoredTicket ticket) throws TlsException {
        tickets.put(ANY, ticket);
    }

    @Override
    public @Nullable StoredTicket take(Key key, Instant now) throws TlsException {
        StoredTicket ticket = tickets.take(ANY, now);
        if (ticket == null) {
            return null;
        }
        psk = ticket.copyPsk();
        suite = ticket.suite();
        return change.apply(ticket);
    }

    @Override
    public void remove(Key key, Set<Bytes> ids) throws TlsException {
        tickets.remove(ANY, ids);
    }

    @Override
    public void clear() throws TlsException {
        tickets.clear();
    }

    /** {@code hello} with the right binder for the last of its pre-shared keys, which is the ticket handed out last. */
    ClientHello bound(ClientHello hello) {
        HashAlgorithm hash = Objects.requireNonNull(Crypto.jdk().suite(suite)).hash();
        byte[] truncated = new Transcript(hash).hashWithTruncated(HandshakeCodec.encode(hello), hello.bindersLength());
        byte[] binder = EarlySecret.of(hash, psk).binder(PskKind.RESUMPTION, truncated);
        OfferedPsks offered = Objects.requireNonNull(hello.extensions().find(OfferedPsks.class));
        List<Bytes> binders = new ArrayList<>(offered.binders());
        binders.set(binders.size() - 1, Bytes.wrap(binder));
        return hello.withBinders(binders);
    }
}
