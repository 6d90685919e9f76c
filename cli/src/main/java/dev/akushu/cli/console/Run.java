package dev.akushu.cli.console;

import dev.akushu.tls.TlsException;
import java.io.IOException;

/** One run of a command: whatever happens becomes an exit code, words for a person, or the last line for a program. */
public final class Run {
    private final Console console;

    /** A run that speaks to {@code console}. */
    public Run(Console console) {
        this.console = console;
    }

    /** Runs {@code command}. */
    public ExitCode of(Command command) {
        try {
            command.run(console);
            console.event(console.summary().ok());
            return ExitCode.DONE;
        } catch (CommandFailure failed) {
            return failed(failed);
        } catch (TlsException failed) {
            return failed(Failure.of(failed.diagnosis(), console.words()), failed);
        } catch (IOException failed) {
            return failed(words().failure(ExitCode.NETWORK, "io", failed).failure(), failed);
        } catch (RuntimeException fault) {
            return failed(words().internal(fault), fault);
        }
    }

    /** Ends a run that could not begin. */
    public ExitCode failed(CommandFailure failed) {
        return failed(failed.failure(), failed);
    }

    private ExitCode failed(Failure failure, Throwable thrown) {
        FailureReport.write(failure, thrown, console);
        return failure.exit();
    }

    private Words words() {
        return console.words();
    }
}
