package dev.akushu.cli.console;

/** Tells of a failure: what happened, what else is known, what to do. */
final class FailureReport {
    private FailureReport() {}

    static void write(Failure failure, Throwable thrown, Console console) {
        if (!failure.told() && !console.json()) {
            String mark = console.lookOfErrors().unicode() ? "✗ " : "! ";
            console.warn(mark + failure.cause());
            failure.details().forEach(detail -> console.warn("  " + detail));
            console.warn("  " + console.words().text("failure.remedy", failure.remedy()));
        }
        if (!failure.hint().isEmpty() && !console.json()) {
            console.warn("  " + failure.hint());
        }
        console.event(console.summary().failed(failure));
        console.stackTrace(thrown);
    }
}
