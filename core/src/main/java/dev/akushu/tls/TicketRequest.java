package dev.akushu.tls;

/**
 * How many tickets a client would like. RFC 9149. A server may send fewer; one that does not know this wish sends what it likes.
 *
 * @param newSession after a full handshake, 0 to 255
 * @param resumption after a resumption, 0 to 255
 */
public record TicketRequest(int newSession, int resumption) {
    /** The most that a client of ours asks for, and a server of ours gives: clients, ours too, take many more at once for a flood. */
    public static final int MOST = 32;

    private static final int MOST_ON_THE_WIRE = 255;

    /** Checks both numbers. */
    public TicketRequest {
        if (newSession < 0 || newSession > MOST_ON_THE_WIRE || resumption < 0 || resumption > MOST_ON_THE_WIRE) {
            throw new IllegalArgumentException(
                    "a client can ask for 0 to 255 tickets, not for " + newSession + " and " + resumption);
        }
    }
}
