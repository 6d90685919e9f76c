package dev.akushu.conformance;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/**
 * How a test ended, as the forwarder's process is to report it.
 *
 * @param status the exit status
 * @param text for standard output if the status is 0, else for standard error
 */
record Verdict(int status, String text) {
    /** What the runner reads as "not implemented". */
    static final int UNIMPLEMENTED = 89;

    static Verdict passed() {
        return new Verdict(0, "");
    }

    static Verdict said(String text) {
        return new Verdict(0, text + "\n");
    }

    static Verdict outOfScope(OutOfScope reason) {
        return new Verdict(UNIMPLEMENTED, reason.getMessage() + "\n");
    }

    static Verdict unmet(Unmet reason) {
        return new Verdict(1, "[UNMET] " + reason.getMessage() + "\n");
    }

    /** Names the problem in brackets, for the ErrorMap in config.json; of a received alert, its code. */
    static Verdict failed(TlsException failure) {
        Problem problem = failure.problem();
        String name = problem == Problem.ALERT_RECEIVED
                ? problem + " " + failure.diagnosis().fact("code")
                : problem.name();
        return new Verdict(1, "[" + name + "] " + failure.diagnosis().cause(Locale.ENGLISH) + "\n");
    }

    /** For what should not happen: a fault of the shim, of the engine, or of the network. */
    static Verdict broken(Exception failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return new Verdict(1, "[BROKEN] " + trace);
    }
}
