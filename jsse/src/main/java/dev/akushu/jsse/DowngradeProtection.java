package dev.akushu.jsse;

import dev.akushu.tls.AlertDescription;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Whether a context that older clients are handed over to protects them against downgrades. RFC 9846 section 4.2.3: a
 * server that has TLS 1.3 and negotiates less MUST say so in its random. The two providers are one server, and only the
 * other one makes that random; it does so if it has TLS 1.3 itself. What it lists as supported may be disabled for the
 * whole JVM, so it is shown a ClientHello of TLS 1.3.
 *
 * @param context of the other provider
 * @param olderProtocols that are enabled there
 * @param suites that are enabled there
 * @param currentSuites those of TLS 1.3 that there are
 */
record DowngradeProtection(
        SSLContext context, List<String> olderProtocols, List<String> suites, List<String> currentSuites) {
    private static final int RECORD_HEADER = 5;
    private static final int ALERT = 21;

    /** Throws if there is none. */
    void require() {
        SSLException cause = null;
        try {
            if (!currentSuites.isEmpty() && hasCurrentProtocol()) {
                return;
            }
        } catch (SSLException without) {
            cause = without;
        }
        throw new IllegalArgumentException(
                "older clients would not be protected against downgrades (RFC 9846 section 4.2.3), because the context of "
                        + context.getProvider().getName()
                        + " that they are handed over to cannot do TLSv1.3 itself: take TLSv1.3 and its cipher suites out"
                        + " of the security property jdk.tls.disabledAlgorithms",
                cause);
    }

    private boolean hasCurrentProtocol() throws SSLException {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setEnabledProtocols(Stream.concat(Stream.of(Settings.TLS_1_3), olderProtocols.stream())
                .toArray(String[]::new));
        server.setEnabledCipherSuites(Stream.concat(suites.stream(), currentSuites.stream())
                .distinct()
                .toArray(String[]::new));
        ByteBuffer answer = ByteBuffer.allocate(server.getSession().getPacketBufferSize());
        try {
            server.unwrap(clientHello(), ByteBuffer.allocate(0));
            runTasks(server);
            server.wrap(ByteBuffer.allocate(0), answer);
        } catch (SSLException refused) {
            // It may lack a certificate for this client; then it has understood the ClientHello all the same.
            server.wrap(ByteBuffer.allocate(0), answer);
        }
        answer.flip();
        boolean alert = answer.remaining() > RECORD_HEADER + 1 && answer.get(0) == ALERT;
        return answer.hasRemaining()
                && !(alert && answer.get(RECORD_HEADER + 1) == AlertDescription.PROTOCOL_VERSION.code());
    }

    /** Throws if TLS 1.3 is disabled for the JVM. */
    private ByteBuffer clientHello() throws SSLException {
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {Settings.TLS_1_3});
        client.setEnabledCipherSuites(currentSuites.toArray(new String[0]));
        ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        return hello.flip();
    }

    private static void runTasks(SSLEngine engine) {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        }
    }
}
