package dev.akushu.jsse;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * One handshake in Java Flight Recorder, done or failed: {@code dev.akushu.Handshake}, in the place of the JDK's
 * {@code jdk.TLSHandshake}, which only its own provider emits. Off unless a recording asks for it.
 */
@Name("dev.akushu.Handshake")
@Label("TLS Handshake")
@Description("A TLS 1.3 handshake by Akushu, from its beginning to its end or failure")
@Category({"Java Development Kit", "Security"})
@Enabled(false)
@StackTrace(false)
final class HandshakeEvent extends ConnectionEvent {
    @Label("Cipher Suite")
    @Nullable String cipherSuite;

    @Label("Group")
    @Nullable String group;

    @Label("Signature Scheme")
    @Nullable String signatureScheme;

    @Label("Application Protocol")
    @Nullable String applicationProtocol;

    @Label("Resumed")
    boolean resumed;

    @Label("Reason For Not Resuming")
    @Nullable String notResumed;

    @Label("Problem")
    @Description("Why the handshake failed; absent if it did not")
    @Nullable String problem;

    /** The handshake is done. */
    void done(TlsSession session, @Nullable String host, int port) {
        end();
        if (!shouldCommit()) {
            return;
        }
        of(session.role().name(), host, port);
        cipherSuite = session.suite().toString();
        group = session.group() == null ? null : String.valueOf(session.group());
        signatureScheme = session.signatureScheme() == null ? null : String.valueOf(session.signatureScheme());
        applicationProtocol = session.applicationProtocol();
        resumed = session.resumed();
        notResumed = session.notResumed() == null ? null : String.valueOf(session.notResumed());
        commit();
    }

    /** The handshake has failed. */
    void failed(TlsException failure, String ownRole, @Nullable String host, int port) {
        end();
        if (!shouldCommit()) {
            return;
        }
        of(ownRole, host, port);
        problem = failure.problem().name();
        commit();
    }
}
