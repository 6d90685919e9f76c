package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that a program ends while clients still have tickets for them. */
class EndedSessionsTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final EndedSessions ended = new EndedSessions();
    private final SSLContext client;
    private final SSLContext server;

    EndedSessionsTest() throws Exception {
        client = Contexts.akushu();
        server = Contexts.akushu();
    }

    private static Bytes id(int number) {
        return Bytes.wrap(new byte[] {(byte) number});
    }

    private EngineTalk connect() throws Exception {
        return new EngineTalk(client.createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
    }

    private static AkushuSession session(EngineTalk.End end) {
        return (AkushuSession) end.engine().getSession();
    }

    @Test
    void aSessionThatTheServerInvalidatesIsNotResumedByTheClientsTicket() throws Exception {
        connect();
        EngineTalk resumed = connect();
        assertThat(session(resumed.server()).resumed()).isTrue();
        SSLSession session = resumed.server().engine().getSession();
        session.invalidate();
        assertThat(session.isValid()).isFalse();
        EngineTalk next = connect();
        assertThat(session(next.server()).facts().orElseThrow().notResumed())
                .isEqualTo(NotResumed.REFUSED_BY_APPLICATION);
        assertThat(next.server().engine().getSession()).isNotEqualTo(session);
        assertThat(session(connect().server()).resumed())
                .as("the new session's own tickets are good")
                .isTrue();
    }

    @Test
    void aSessionThatTheServerHasForgottenCanStillBeInvalidated() throws Exception {
        SSLSession session = connect().server().engine().getSession();
        server.getServerSessionContext().setSessionCacheSize(1);
        new EngineTalk(Contexts.akushu().createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
        assertThat(server.getServerSessionContext().getSession(session.getId())).isNull();
        session.invalidate();
        assertThat(session(connect().server()).resumed()).isFalse();
    }

    @Test
    void aSelectorThatEndsTheSessionOfItsHandshakeEndsTheOneThatIsResumed() throws Exception {
        for (boolean ends : new boolean[] {false, true, false}) {
            SSLEngine engine = server.createSSLEngine();
            engine.setHandshakeApplicationProtocolSelector((asking, offered) -> {
                if (ends) {
                    asking.getHandshakeSession().invalidate();
                }
                return "one";
            });
            SSLEngine offering = client.createSSLEngine("localhost", 443);
            SSLParameters parameters = offering.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"one"});
            offering.setSSLParameters(parameters);
            EngineTalk talk = new EngineTalk(offering, engine).handshake();
            assertThat(session(talk.server()).resumed()).isEqualTo(ends);
            assertThat(engine.getSession().isValid()).isNotEqualTo(ends);
        }
    }

    /** The tickets that a client has, offered in the order in which a test wants them. */
    private static final class Chosen implements TicketStore {
        private final List<StoredTicket> kept = new ArrayList<>();
        private int next;

        @Override
        public void put(Key key, StoredTicket ticket) {
            kept.add(ticket);
        }

        @Override
        public @Nullable StoredTicket take(Key key, Instant now) {
            return next < kept.size() ? kept.remove(next) : null;
        }

        @Override
        public void remove(Key key, Set<Bytes> ids) {}

        @Override
        public void clear() {}
    }

    /**
     * A server of the core with the same Ticket Keys seals no note: its tickets are refused all together.
     *
     * @param forgotten whether the server has forgotten the session and knows of it by a ticket alone
     * @param ends whether the program ends the session
     */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aSessionOfAnotherServerIsNotResumedByItsOtherTicketsAfterItsEnd(boolean forgotten, boolean ends)
            throws Exception {
        TlsServer config = TlsServer.builder(Contexts.identity()).build();
        SSLContext shared = AkushuContext.of(config);
        Chosen tickets = new Chosen();
        TlsClient settings =
                TlsClient.builder(Contexts.trust()).tickets(tickets).build();
        SSLContext resuming = AkushuContext.of(settings);
        getTicketsOf(config, resuming);
        assertThat(tickets.kept).hasSize(2);
        SSLSession session = connect(resuming, shared).server().engine().getSession();
        assertThat(((AkushuSession) session).resumed()).isTrue();
        if (forgotten) {
            shared.getServerSessionContext().setSessionCacheSize(1);
            connect(client, shared);
            tickets.next = 1;
            SSLSession again = connect(resuming, shared).server().engine().getSession();
            assertThat(again).isEqualTo(session).isNotSameAs(session);
            session = again;
            tickets.next = 0;
        }
        if (ends) {
            session.invalidate();
        }
        assertThat(session(connect(resuming, shared).server())
                        .facts()
                        .orElseThrow()
                        .notResumed())
                .isEqualTo(ends ? NotResumed.REFUSED_BY_APPLICATION : null);
    }

    private static EngineTalk connect(SSLContext client, SSLContext server) throws Exception {
        return new EngineTalk(client.createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
    }

    private static void getTicketsOf(TlsServer config, SSLContext client) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket tls = client.getSocketFactory().createSocket(socket, "localhost", 443, true);
                TlsConnection server = TlsConnection.overSocket(config, listener.accept())) {
            Thread.ofVirtual().start(() -> {
                try {
                    server.output().write(1);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            assertThat(tls.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void ticketsOfOtherServersAreTakenAgainWhenTheSessionsOfThatTimeAreTooOld() {
        assertThat(ended.mayContainForeign(START)).isFalse();
        ended.addForeign(START.plusSeconds(9));
        ended.addForeign(START);
        assertThat(ended.mayContainForeign(START.plusSeconds(9))).isTrue();
        assertThat(ended.mayContainForeign(START.plusSeconds(10))).isFalse();
    }

    /** As {@link SSLSession#invalidate} has it: a connection that is there may go on. The JDK's provider does the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoEndsASessionWhileItIsBeingResumedEndsItForLaterConnections(boolean akushu) throws Exception {
        SSLContext from = akushu ? client : Contexts.sun();
        SSLContext to = akushu ? server : Contexts.sun();
        SSLSession first = connect(from, to).client().engine().getSession();
        EngineTalk talk = new EngineTalk(from.createSSLEngine("localhost", 443), to.createSSLEngine());
        talk.client().engine().beginHandshake();
        talk.client().wrap(talk.server(), ByteBuffer.allocate(0));
        first.invalidate();
        talk.handshake();
        SSLSession resumed = talk.client().engine().getSession();
        assertThat(resumed.getCreationTime()).isEqualTo(first.getCreationTime());
        assertThat(resumed.getPeerCertificates()).isEqualTo(first.getPeerCertificates());
        assertThat(resumed.isValid()).isFalse();
        SSLSession later = connect(from, to).client().engine().getSession();
        assertThat(later.isValid()).isTrue();
        if (akushu) {
            assertThat(((AkushuSession) resumed).resumed()).isTrue();
            assertThat(((AkushuSession) later).resumed()).isFalse();
        }
    }

    @Test
    void aServerThatEndsASessionWhileItIsBeingResumedRefusesItsTicketsFromThenOn() throws Exception {
        SSLSession first = connect().server().engine().getSession();
        SSLEngine engine = server.createSSLEngine();
        EngineTalk talk = new EngineTalk(client.createSSLEngine("localhost", 443), engine);
        talk.client().engine().beginHandshake();
        talk.client().wrap(talk.server(), ByteBuffer.allocate(0));
        engine.unwrap(talk.server().incoming(), ByteBuffer.allocate(0));
        first.invalidate();
        talk.handshake();
        assertThat(session(talk.server()).resumed()).isTrue();
        assertThat(engine.getSession().isValid()).isFalse();
        assertThat(server.getServerSessionContext().getSession(first.getId())).isNull();
        assertThat(session(connect().server()).facts().orElseThrow().notResumed())
                .isEqualTo(NotResumed.REFUSED_BY_APPLICATION);
    }

    @Test
    void onlyWhatWasEndedCountsAsEnded() {
        ended.add(id(1), START);
        assertThat(ended.contains(id(1), START)).isTrue();
        assertThat(ended.contains(id(2), START)).isFalse();
    }

    @Test
    void whenTheOldestIsForgottenAllThatAreAsOldCountAsEnded() {
        ended.add(id(2), START.plusSeconds(2));
        ended.add(id(1), START.plusSeconds(1));
        ended.add(id(3), START.plusSeconds(3));
        ended.shrink(2, 0, START.plusSeconds(4));
        assertThat(ended.contains(id(1), START.plusSeconds(1))).isTrue();
        assertThat(ended.contains(id(9), START.plusSeconds(1))).isTrue();
        assertThat(ended.contains(id(9), START.plusSeconds(2))).isFalse();
        assertThat(ended.contains(id(2), START.plusSeconds(2))).isTrue();
    }

    @Test
    void aLongerTimeoutDoesNotBringBackWhatWasForgottenForItsAge() {
        ended.add(id(1), START);
        ended.shrink(0, 100, START.plusSeconds(99));
        assertThat(ended.contains(id(9), START)).isFalse();
        ended.shrink(0, 100, START.plusSeconds(101));
        assertThat(ended.contains(id(1), START)).isTrue();
        assertThat(ended.contains(id(9), START)).as("forgotten with its name").isTrue();
    }

    @Test
    void withoutATimeoutTheLifeOfATicketIsTheBound() {
        ended.add(id(1), START);
        ended.shrink(0, 0, START.plus(Duration.ofDays(6)));
        assertThat(ended.contains(id(9), START)).isFalse();
        ended.shrink(0, 0, START.plus(Duration.ofDays(8)));
        assertThat(ended.contains(id(9), START)).isTrue();
    }
}
