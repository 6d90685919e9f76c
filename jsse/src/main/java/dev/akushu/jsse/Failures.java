package dev.akushu.jsse;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/** The core's exceptions as the ones that callers of JSSE catch. The alert decides which, as in the JDK's own provider. */
final class Failures {
    /** Alerts that mean the connection broke, not that the two ends did not come together. */
    private static final Set<AlertDescription> NOT_OF_THE_HANDSHAKE = Set.of(
            AlertDescription.BAD_RECORD_MAC,
            AlertDescription.RECORD_OVERFLOW,
            AlertDescription.INTERNAL_ERROR,
            AlertDescription.USER_CANCELED);

    private Failures() {}

    /** An exception of an engine. */
    static SSLException of(TlsException failure) {
        SSLException exception = switch (kind(failure)) {
            case HANDSHAKE -> new HandshakeFailure(failure);
            case PROTOCOL -> new ProtocolFailure(failure);
            case OTHER -> new ConnectionFailure(failure);
        };
        exception.initCause(cause(failure));
        return exception;
    }

    /** An exception of a socket, where the network has exceptions of its own. */
    static IOException ofSocket(TlsException failure) {
        if (failure.problem() == Problem.TIMED_OUT) {
            SocketTimeoutException slow = new SocketTimeoutException(failure.getMessage());
            slow.initCause(failure);
            return slow;
        }
        if (failure.problem() == Problem.TRANSPORT_FAILED && failure.getCause() instanceof IOException network) {
            return network;
        }
        return of(failure);
    }

    private enum Kind {
        HANDSHAKE,
        PROTOCOL,
        OTHER
    }

    private static Kind kind(TlsException failure) {
        if (failure.problem() == Problem.CLOSED_DURING_HANDSHAKE) {
            return Kind.HANDSHAKE;
        }
        AlertDescription alert = alert(failure);
        if (alert == null || NOT_OF_THE_HANDSHAKE.contains(alert)) {
            return Kind.OTHER;
        }
        return alert == AlertDescription.UNEXPECTED_MESSAGE ? Kind.PROTOCOL : Kind.HANDSHAKE;
    }

    /** The alert that either end sent; null if none did. */
    private static @Nullable AlertDescription alert(TlsException failure) {
        if (failure.problem() == Problem.ALERT_RECEIVED && failure.diagnosis().fact("code") instanceof Integer code) {
            return AlertDescription.find(code);
        }
        return failure.problem().alert();
    }

    /** What a trust manager threw stays the direct cause: callers look for it there. */
    private static Throwable cause(TlsException failure) {
        return failure.getCause() instanceof CertificateException refused ? refused : failure;
    }

    private static final class HandshakeFailure extends SSLHandshakeException implements Diagnosed {
        private static final long serialVersionUID = 1L;
        private final TlsException failure;

        HandshakeFailure(TlsException failure) {
            super(failure.getMessage());
            this.failure = failure;
        }

        @Override
        public TlsException failure() {
            return failure;
        }
    }

    private static final class ProtocolFailure extends SSLProtocolException implements Diagnosed {
        private static final long serialVersionUID = 1L;
        private final TlsException failure;

        ProtocolFailure(TlsException failure) {
            super(failure.getMessage());
            this.failure = failure;
        }

        @Override
        public TlsException failure() {
            return failure;
        }
    }

    private static final class ConnectionFailure extends SSLException implements Diagnosed {
        private static final long serialVersionUID = 1L;
        private final TlsException failure;

        ConnectionFailure(TlsException failure) {
            super(failure.getMessage());
            this.failure = failure;
        }

        @Override
        public TlsException failure() {
            return failure;
        }
    }
}
