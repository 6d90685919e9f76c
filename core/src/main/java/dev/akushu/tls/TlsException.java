package dev.akushu.tls;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection failed. The {@link #diagnosis()} holds the facts; the message is its English text, cause and remedy. One nested class for each
 * {@link Problem.Category}, so that a caller can catch what it can do something about.
 */
public abstract sealed class TlsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnosis diagnosis;

    private TlsException(Diagnosis diagnosis, @Nullable Throwable cause) {
        super(diagnosis.cause(Locale.ROOT) + " " + diagnosis.remedy(Locale.ROOT), cause);
        this.diagnosis = diagnosis;
    }

    /** The exception of the category of {@code diagnosis}. */
    public static TlsException of(Diagnosis diagnosis, @Nullable Throwable cause) {
        return switch (diagnosis.problem().category()) {
            case MALFORMED -> new Malformed(diagnosis, cause);
            case PEER_MISBEHAVED -> new PeerMisbehaved(diagnosis, cause);
            case PEER_INCOMPATIBLE -> new PeerIncompatible(diagnosis, cause);
            case CERTIFICATE -> new CertificateRejected(diagnosis, cause);
            case PROTECTION -> new ProtectionFailure(diagnosis, cause);
            case LOCAL_MISUSE -> new LocalMisuse(diagnosis, cause);
            case TRANSPORT -> new TransportFailure(diagnosis, cause);
            case PEER_ALERT -> new PeerAlert(diagnosis, cause);
        };
    }

    /** What went wrong, with the values at hand. Not kept by Java serialization. */
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /** Which problem this is; the same as {@code diagnosis().problem()}. */
    public Problem problem() {
        return diagnosis.problem();
    }

    /** The peer sent bytes that do not have the form the protocol prescribes. */
    public static final class Malformed extends TlsException {
        private static final long serialVersionUID = 1L;

        private Malformed(Diagnosis diagnosis, @Nullable Throwable cause) {
            super(diagnosis, cause);
        }
    }

    /** The peer broke a rule of the protocol. */
    public static final class PeerMisbehaved extends TlsException {
        private static final long serialVersionUID = 1L;

        private PeerMisbehaved(Diagnosis diagnosis, @Nullable Throwable cause) {
            super(diagnosis, cause);
        }
    }

    /** The peer kept the rules, but the two sides have nothing in common. */
    public static final class PeerIncompatible extends TlsException {
        private static final long serialVersionUID = 1L;

        private PeerIncompatible(Diagnosis diagnosis, @Nullable Throwable cause) {
            super(diagnosis, cause);
        }
    }

    /** The peer's certificate was not accepted. */
    public static final class CertificateRejected extends TlsException {
        private static final long serialVersionUID = 1L;

        private final transient Optional<ChainChecks> checks;

        private CertificateRejected(Diagnosis diagnosis, @Nullable Throwable cause) {
            this(diagnosis, cause, Optional.empty());
        }

        private CertificateRejected(Diagnosis diagnosis, @Nullable Throwable cause, Optional<ChainChecks> checks) {
            super(diagnosis, cause);
            this.checks = checks;
        }

        /**
         * How far the checks of the chain came; empty if the {@link Trust} that refused it does not tell, or refused it before
         * any check. Not kept by Java serialization.
         */
        public Optional<ChainChecks> checks() {
            return checks;
        }

        /** The same, telling how far the checks came. For a {@link Trust} to throw. */
        public CertificateRejected withChecks(ChainChecks value) {
            return new CertificateRejected(diagnosis(), getCause(), Optional.of(value));
        }
    }

    /** A record could not be protected or unprotected. */
    public static final class ProtectionFailure extends TlsException {
        private static final long serialVersionUID = 1L;

        private ProtectionFailure(Diagnosis diagnosis, @Nullable Throwable cause) {
            super(diagnosis, cause);
        }
    }

    /** The application or its configuration is at fault. */
    public static final class LocalMisuse extends TlsException {
        private static final long serialVersionUID = 1L;

        private LocalMisuse(Diagnosis diagnosis, @Nullable Throwable cause) {
            super(diagnosis, cause);
        }
    }

    /** The network failed. */
    public static final class TransportFailure extends TlsException {
        private static final long serialVersionUID = 1L;

        private TransportFailure(Diagnosis diagnosis, @Nullable Throwable cause) {
            super(diagnosis, cause);
        }
    }

    /** The peer reported an error. */
    public static final class PeerAlert extends TlsException {
        private static final long serialVersionUID = 1L;

        private PeerAlert(Diagnosis diagnosis, @Nullable Throwable cause) {
            super(diagnosis, cause);
        }
    }
}
