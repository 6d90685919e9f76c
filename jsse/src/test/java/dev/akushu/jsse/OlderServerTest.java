package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that meets a server without TLS 1.3 says so, with what it has offered and what can be done. */
class OlderServerTest {
    private static SSLServerSocket listenWithTls12() throws Exception {
        SSLServerSocket listener = (SSLServerSocket) Contexts.sunWithTls12Only()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setEnabledProtocols(new String[] {"TLSv1.2"});
        return listener;
    }

    private static void check(AkushuSession session) {
        Diagnosis diagnosis = session.failure().orElseThrow();
        assertThat(diagnosis.problem()).isEqualTo(Problem.ALERT_RECEIVED);
        assertThat(diagnosis.fact("alert")).isEqualTo("protocol_version");
        assertThat(diagnosis.remedy(Locale.ENGLISH)).contains("offers TLS 1.3 only");
        assertThat(diagnosis.remedy(Locale.JAPANESE)).contains("TLS 1.3 だけを提示");
    }

    @Test
    void anEngineSaysIt() throws Exception {
        SSLEngine server = Contexts.sunWithTls12Only().createSSLEngine();
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        SSLEngine client = Contexts.akushu().createSSLEngine("localhost", 443);
        EngineTalk talk = new EngineTalk(client, server);
        assertThatThrownBy(talk::handshake).isInstanceOf(SSLException.class);
        assertThatThrownBy(talk::settle)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("protocol_version", "offers TLS 1.3 only");
        check(AkushuSession.of(client.getSession()).orElseThrow());
    }

    @Test
    @Timeout(60)
    void aSocketSaysIt() throws Exception {
        SSLContext context = Contexts.akushu();
        try (SSLServerSocket listener = listenWithTls12()) {
            CompletableFuture<Void> served = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                    accepted.startHandshake();
                    served.completeExceptionally(new AssertionError("the handshake must fail"));
                } catch (SSLException | SocketException expected) {
                    served.complete(null);
                } catch (Exception other) {
                    served.completeExceptionally(other);
                }
            });
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket("localhost", listener.getLocalPort())) {
                assertThatThrownBy(socket::startHandshake)
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContainingAll("protocol_version", "offers TLS 1.3 only");
                check(AkushuSession.of(socket.getSession()).orElseThrow());
            }
            served.join();
        }
    }
}
