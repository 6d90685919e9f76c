package dev.akushu.cli.console;

/** Ends a command with a failure that no connection is to blame for: the way it was used, or a condition that was not met. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** Ends with {@code failure}. */
    public CommandFailure(Failure failure) {
        super(failure.cause());
        this.failure = failure;
    }

    /** As the other, keeping the exception that was behind it. */
    public CommandFailure(Failure failure, Throwable cause) {
        super(failure.cause(), cause);
        this.failure = failure;
    }

    /** What to tell the user. */
    public Failure failure() {
        return failure;
    }
}
