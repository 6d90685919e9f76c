package dev.akushu.jsse;

import dev.akushu.tls.AlertDescription;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Whether a context that older clients are handed over to protects them against downgrades. RFC 9846 section 4.2.3: a
 * server that has TLS 1.3 and negotiates less MUST say so in its random. The two providers are one server, and only the
 * other one makes that random; it does so if it has TLS 1.3 itself. What it lists as supported may be disabled for the
 * whole JVM, so it is shown a ClientHello of TLS 1.3.
 *
 * @param context of the other provider
 * @param currentSuites those of TLS 1.3 that there are
 */
record DowngradeProtection(SSLContext context, List<String> currentSuites) {
    private static final int RECORD_HEADER = 5;
    private static final int ALERT = 21;

    /** Whether there is protection for engines with these parameters, which enable all of {@link #currentSuites}. */
    boolean isThere(SSLParameters parameters) {
        try {
            return hasCurrentProtocol(parameters);
        } catch (SSLException without) {
            return false;
        }
    }

    private boolean hasCurrentProtocol(SSLParameters parameters) throws SSLException {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setSSLParameters(parameters);
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
