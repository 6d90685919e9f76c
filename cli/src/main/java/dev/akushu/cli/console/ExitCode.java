package dev.akushu.cli.console;

import dev.akushu.tls.Problem;

/** How a run ended, for the program that started it. The numbers are fixed: scripts rely on them. */
public enum ExitCode {
    /** Done, and the peer was verified. */
    DONE(0),
    /** A fault in this program. */
    INTERNAL(1),
    /** The command was used in a way that cannot work: an unknown option, a file that cannot be read. */
    USAGE(2),
    /** The network failed: no address, no connection, a connection that broke. */
    NETWORK(3),
    /** The two ends could not agree, or the peer broke a rule of the protocol. */
    PROTOCOL(4),
    /** The peer's certificate was not accepted. */
    CERTIFICATE(5),
    /** The peer's certificate is for another host. */
    HOST_NAME(6),
    /** The peer sent a fatal alert. */
    PEER_ALERT(7),
    /** All went well, but something that was asked for did not happen, such as a resumption. */
    CONDITION(8),
    /** Something took too long. */
    TIMEOUT(9);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** What the process exits with. */
    public int number() {
        return number;
    }

    /** The code with this number, which must be one of them. */
    public static ExitCode numbered(int number) {
        for (ExitCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        throw new IllegalArgumentException("no exit code has the number " + number);
    }

    /** The code for a connection that failed by {@code problem}. */
    public static ExitCode of(Problem problem) {
        return switch (problem) {
            case TIMED_OUT, NAME_LOOKUP_TIMED_OUT -> TIMEOUT;
            case HOST_NAME_MISMATCH -> HOST_NAME;
            // These blame the application, and the application is this program.
            case INTERNAL, SIGNING_FAILED, NOT_CONNECTED, ALREADY_CLOSED, CANCELED -> INTERNAL;
            default -> of(problem.category());
        };
    }

    private static ExitCode of(Problem.Category category) {
        return switch (category) {
            case MALFORMED, PEER_MISBEHAVED, PEER_INCOMPATIBLE, PROTECTION -> PROTOCOL;
            case CERTIFICATE -> CERTIFICATE;
            case LOCAL_MISUSE -> USAGE;
            case TRANSPORT -> NETWORK;
            case PEER_ALERT -> PEER_ALERT;
        };
    }
}
