package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

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
