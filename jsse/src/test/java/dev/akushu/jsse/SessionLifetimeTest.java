package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long sessions live, and what tickets are good for when they have ended. */
class SessionLifetimeTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    private static EngineTalk connect(SSLContext client, SSLContext server) throws Exception {
        return new EngineTalk(client.createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
    }

    private static boolean resumed(EngineTalk talk) {
        return ((AkushuSession) talk.server().engine().getSession()).resumed();
    }

    private SSLContext client() throws Exception {
        return AkushuContext.of(
                TlsClient.builder(Contexts.trust()).clock(now::get).build());
    }

    private AkushuContext.Builder server() throws Exception {
        return AkushuContext.builder()
                .server(TlsServer.builder(Contexts.identity()).clock(now::get).build());
    }

    private void resumptionsEndWith(SSLContext server) throws Exception {
        SSLContext client = client();
        server.getServerSessionContext().setSessionTimeout(100);
        now.set(START);
        assertThat(resumed(connect(client, server))).isFalse();
        now.set(START.plusSeconds(60));
        assertThat(resumed(connect(client, server))).isTrue();
        now.set(START.plusSeconds(120));
        assertThat(resumed(connect(client, server)))
                .as("the ticket is young, but the session it resumes is not")
                .isFalse();
    }

    @Test
    void aServersTimeoutHoldsHoweverOftenTheSessionIsResumed() throws Exception {
        resumptionsEndWith(server().build());
        resumptionsEndWith(server().managers(
                        Contexts.shared().keyManagers(Contexts.EC, "localhost"),
                        Contexts.shared().trustManagers())
                .build());
    }

    @Test
    void withManagersTheDefaultTimeoutHoldsToo() throws Exception {
        SSLContext server = server().managers(
                        Contexts.shared().keyManagers(Contexts.EC, "localhost"),
                        Contexts.shared().trustManagers())
                .build();
        SSLContext client = client();
        client.getClientSessionContext().setSessionTimeout(0);
        connect(client, server);
        now.set(START.plus(Duration.ofHours(20)));
        assertThat(resumed(connect(client, server))).isTrue();
        now.set(START.plus(Duration.ofHours(30)));
        assertThat(resumed(connect(client, server))).isFalse();
    }

    @Test
    void ticketDataOfTheApplicationIsNoNoteOfASession() throws Exception {
        SSLContext server = AkushuContext.of(TlsServer.builder(Contexts.identity())
                .ticketData(session -> Bytes.wrap(new byte[64]))
                .build());
        SSLContext one = Contexts.akushu();
        SSLContext other = Contexts.akushu();
        connect(one, server);
        connect(other, server);
        EngineTalk ofOne = connect(one, server);
        ofOne.server().engine().getSession().putValue("whose", "one");
        EngineTalk ofOther = connect(other, server);
        assertThat(resumed(ofOther)).isTrue();
        assertThat(ofOther.server().engine().getSession().getValue("whose")).isNull();
    }

    @Test
    void aNoteIsKnownByHowItBegins() {
        Bytes id = Bytes.wrap(new byte[32]);
        byte[] note =
                new TicketNote(id, START, true, id).encode(Bytes.ofAscii("own")).toArray();
        assertThat(TicketNote.decode(Bytes.copyOf(note))).isEqualTo(new TicketNote(id, START, true, id));
        assertThat(TicketNote.applicationData(Bytes.copyOf(note))).isEqualTo(Bytes.ofAscii("own"));
        note[0] ^= 1;
        assertThat(TicketNote.decode(Bytes.copyOf(note))).isNull();
        assertThat(TicketNote.applicationData(Bytes.copyOf(note)).length()).isEqualTo(note.length);
    }

    @Test
    void aSessionThatEndsWhileItsTicketIsBeingStoredIsNotResumed() throws Exception {
        AtomicReference<@Nullable SSLEngine> connecting = new AtomicReference<>();
        TicketStore memory = TicketStore.inMemory(10);
        TicketStore interrupted = new Forwarding(memory) {
            @Override
            public void put(Key key, StoredTicket ticket) throws TlsException {
                Objects.requireNonNull(connecting.get()).getSession().invalidate();
                memory.put(key, ticket);
            }
        };
        SSLContext client = AkushuContext.of(
                TlsClient.builder(Contexts.trust()).tickets(interrupted).build());
        SSLContext server = Contexts.akushu();
        for (int i = 0; i < 2; i++) {
            SSLEngine engine = client.createSSLEngine("localhost", 443);
            connecting.set(engine);
            EngineTalk talk = new EngineTalk(engine, server.createSSLEngine()).handshake();
            assertThat(resumed(talk)).isFalse();
            SSLSession session = engine.getSession();
            assertThat(session.isValid()).isFalse();
            assertThat(client.getClientSessionContext().getSession(session.getId()))
                    .isNull();
        }
    }

    @Test
    void aTicketWhoseSessionIsForgottenIsRefusedUnlessTheStoreIsSharedWithOthers() throws Exception {
        AtomicReference<TicketStore.@Nullable Key> known = new AtomicReference<>();
        TicketStore store = new Forwarding(TicketStore.inMemory(10)) {
            @Override
            public void put(Key key, StoredTicket ticket) throws TlsException {
                known.set(key);
                super.put(key, ticket);
            }
        };
        SSLContext client = AkushuContext.of(
                TlsClient.builder(Contexts.trust()).tickets(store).build());
        connect(client, Contexts.akushu());
        TicketStore.Key key = Objects.requireNonNull(known.get());
        for (boolean own : new boolean[] {true, false}) {
            TicketBinding binding = new TicketBinding(key.policy());
            SessionRoot root = new SessionRoot(Bytes.wrap(new byte[32]), START);
            ConnectionTickets tickets = new ConnectionTickets(Sessions.ofClients(store, own), binding, () -> root);
            assertThat(tickets.take(key, Instant.now()) == null).isEqualTo(own);
            connect(client, Contexts.akushu());
        }
    }

    @Test
    void aTicketThatAFailedConnectionDropsIsKnownNoMore() throws Exception {
        AtomicReference<@Nullable StoredTicket> received = new AtomicReference<>();
        TicketStore store = TicketStore.inMemory(10);
        SSLContext client = AkushuContext.of(TlsClient.builder(Contexts.trust())
                .tickets(new Forwarding(store) {
                    @Override
                    public void put(Key key, StoredTicket ticket) {
                        received.set(ticket);
                    }
                })
                .build());
        connect(client, Contexts.akushu());
        StoredTicket ticket = Objects.requireNonNull(received.get());
        Sessions sessions = Sessions.ofClients(store, true);
        SessionRoot root = new SessionRoot(Bytes.wrap(new byte[32]), START);
        ConnectionTickets tickets = new ConnectionTickets(sessions, new TicketBinding("policy"), () -> root);
        TicketStore.Key key = new TicketStore.Key("localhost", 443, "any");
        tickets.put(key, ticket);
        assertThat(sessions.knows(ticket.id())).isTrue();

        tickets.remove(key, Set.of(ticket.id()));
        assertThat(sessions.knows(ticket.id())).isFalse();
        assertThat(root.forgetTickets()).isEmpty();
        assertThat(tickets.take(key, Instant.now())).isNull();
    }

    /** Sessions live for a day in caches; engines have buffers and keys. */
    @Test
    void aSessionKeepsNoEngine() throws Exception {
        SSLContext client = Contexts.akushu();
        SSLContext server = Contexts.akushu();
        for (boolean ofClient : new boolean[] {true, false}) {
            AtomicReference<SSLSession> kept = new AtomicReference<>();
            WeakReference<TlsEngine> engine = engineOf(connect(client, server), ofClient, kept);
            for (int i = 0; i < 100 && engine.get() != null; i++) {
                System.gc();
            }
            assertThat(engine.get()).isNull();
            assertThat(kept.get().isValid()).isTrue();
        }
    }

    private static WeakReference<TlsEngine> engineOf(
            EngineTalk talk, boolean ofClient, AtomicReference<SSLSession> session) {
        AkushuEngine engine = (AkushuEngine) (ofClient ? talk.client() : talk.server()).engine();
        session.set(engine.getSession());
        return new WeakReference<>(Objects.requireNonNull(engine.endpoint()).engine());
    }

    @Test
    void expiredSessionsGoEvenIfThereIsNoLimit() {
        Sessions sessions = Sessions.ofServers();
        sessions.setSessionCacheSize(0);
        sessions.setSessionTimeout(10);
        SessionRoot old = new SessionRoot(Bytes.wrap(new byte[] {1}), START);
        SessionRoot young = new SessionRoot(Bytes.wrap(new byte[] {2}), START.plusSeconds(11));
        sessions.add(old, START);
        assertThat(sessions.find(old.id())).isSameAs(old);
        sessions.add(young, young.createdAt());
        assertThat(sessions.find(old.id())).isNull();
        assertThat(sessions.find(young.id())).isSameAs(young);
    }

    /** A store over another one. */
    private static class Forwarding implements TicketStore {
        private final TicketStore store;

        Forwarding(TicketStore store) {
            this.store = store;
        }

        @Override
        public void put(Key key, StoredTicket ticket) throws TlsException {
            store.put(key, ticket);
        }

        @Override
        public @Nullable StoredTicket take(Key key, Instant when) throws TlsException {
            return store.take(key, when);
        }

        @Override
        public void remove(Key key, Set<Bytes> ids) throws TlsException {
            store.remove(key, ids);
        }

        @Override
        public void clear() throws TlsException {
            store.clear();
        }
    }
}
