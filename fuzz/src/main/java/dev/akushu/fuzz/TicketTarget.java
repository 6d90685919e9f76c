package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.resume.OpenedTicket;
import dev.akushu.tls.resume.TicketProtector;
import dev.akushu.tls.resume.TicketState;
import java.util.Arrays;
import java.util.List;

/** What opens tickets: the input is a ticket as it comes, and then the state inside of one that was sealed with our key. */
public final class TicketTarget {
    /** Version, name of the key and salt. */
    private static final int HEADER = 1 + TicketKey.NAME_LENGTH + 32;

    private static final int TAG = 16;
    private static final TicketKey KEY = Settings.ticketKey();
    private static final TicketProtector PROTECTOR =
            TicketProtector.of(Settings.crypto(), () -> List.of(KEY), Bytes.empty());

    private TicketTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        PROTECTOR.open(Bytes.copyOf(input), Settings.NOW);
        byte[] ticket = new byte[HEADER + input.length + TAG];
        ticket[0] = 1;
        System.arraycopy(input, 0, ticket, HEADER, input.length);
        if (PROTECTOR.open(Bytes.wrap(ticket), Settings.NOW) instanceof OpenedTicket.Opened opened) {
            requireTheSameAgain(opened.state());
        }
    }

    /** What {@link AnyCrypto} has left legible in {@code ticket}. */
    static byte[] stateIn(byte[] ticket) {
        return Arrays.copyOfRange(ticket, HEADER, ticket.length - TAG);
    }

    private static void requireTheSameAgain(TicketState state) {
        Bytes sealed = PROTECTOR.seal(KEY, state);
        if (sealed == null
                || !(PROTECTOR.open(sealed, Settings.NOW) instanceof OpenedTicket.Opened again)
                || !again.state().contents().equals(state.contents())) {
            throw new AssertionError("what was read cannot be written and read again: " + state.contents());
        }
    }
}
