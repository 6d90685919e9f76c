package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import java.time.Duration;

/** Lengths of time as they are typed: seconds, with a fraction if need be. */
public final class Seconds {
    private static final double LONGEST = 86_400;

    private Seconds() {}

    /** The time that {@code text} says, more than zero and at most a day. */
    public static Duration of(String text, String option, Words words) throws CommandFailure {
        double seconds;
        try {
            seconds = Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            throw words.misuse("bad_seconds", option, text);
        }
        // Written so that NaN fails too.
        if (!(seconds >= 0.001 && seconds <= LONGEST)) {
            throw words.misuse("bad_seconds", option, text);
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
