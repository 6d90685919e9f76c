package dev.akushu.cli.connect;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.TicketRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A wish for tickets as it is typed: a number, or two with a comma between, the second for a resumption. */
final class Wish {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,2})(?:,([0-9]{1,2}))?");

    private Wish() {}

    /** The wish that {@code text} says; a single number is for either handshake. */
    static TicketRequest of(String text, Words words) throws CommandFailure {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw words.misuse("bad_ticket_request", text);
        }
        int newSession = Integer.parseInt(matcher.group(1));
        int resumption = matcher.group(2) == null ? newSession : Integer.parseInt(matcher.group(2));
        if (newSession > TicketRequest.MOST || resumption > TicketRequest.MOST) {
            throw words.misuse("bad_ticket_request", text);
        }
        return new TicketRequest(newSession, resumption);
    }
}
