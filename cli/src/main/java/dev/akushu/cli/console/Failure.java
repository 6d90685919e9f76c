package dev.akushu.cli.console;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Role;
import java.util.List;
import java.util.Locale;

/**
 * Why a run did not end well, in the user's language.
 *
 * @param exit what the process exits with
 * @param id names the kind of failure for programs, in lower case
 * @param cause what happened, with the values at hand
 * @param remedy what to do about it
 * @param details what else is known: who noticed and when, which alert was sent
 * @param hint the option of the command that helps, as a sentence; empty if there is none
 * @param told whether a person has read all this already, as the end of a story
 */
public record Failure(
        ExitCode exit, String id, String cause, String remedy, String hint, List<String> details, boolean told) {
    /** Copies the details. */
    public Failure {
        details = List.copyOf(details);
    }

    /** A failure without details that has not been told. */
    public Failure(ExitCode exit, String id, String cause, String remedy) {
        this(exit, id, cause, remedy, "", List.of(), false);
    }

    /** The failure that {@code diagnosis} tells of. */
    public static Failure of(Diagnosis diagnosis, Words words) {
        return new Failure(
                ExitCode.of(diagnosis.problem()),
                diagnosis.problem().name().toLowerCase(Locale.ROOT),
                diagnosis.cause(words.locale()),
                diagnosis.remedy(words.locale()));
    }

    /** The same with the option that helps this end of a connection. */
    Failure forEnd(Role role, Words words) {
        String option = switch (id) {
            case "unknown_issuer", "self_signed" -> role == Role.CLIENT ? "hint.ca" : "hint.client_ca";
            case "timed_out", "name_lookup_timed_out" -> role == Role.CLIENT ? "hint.timeout" : "";
            default -> "";
        };
        return new Failure(exit, id, cause, remedy, option.isEmpty() ? "" : words.text(option), details, told);
    }

    /** The same with these details. */
    Failure with(List<String> more, boolean alreadyTold) {
        return new Failure(exit, id, cause, remedy, hint, more, alreadyTold);
    }
}
