package dev.akushu.lab.stage;

/** What can be broken. */
public enum Fault {
    /** Somebody on the path flips a bit of a message. */
    FLIPPED_BIT(Scenario.FULL),
    /** The client trusts another authority than the server's. */
    WRONG_CA(Scenario.FULL),
    /** The server's certificate has expired. */
    EXPIRED(Scenario.FULL),
    /** The server's certificate is for another host. */
    WRONG_HOST(Scenario.FULL),
    /** The server signs with a key that is not its certificate's. */
    OTHER_KEY(Scenario.FULL),
    /** Somebody on the path sends a copy of what a client with a ticket sent. */
    REPLAYED_TICKET(Scenario.RESUMPTION),
    /** The same with early data. */
    REPLAYED_EARLY_DATA(Scenario.EARLY_DATA),
    /** The server no longer has the key that it sealed the ticket with. */
    RETIRED_TICKET_KEY(Scenario.RESUMPTION),
    /** Somebody on the path cuts the connection before the server's close_notify. */
    TRUNCATED(Scenario.FULL),
    /** The two ends have no group in common. */
    NO_COMMON_GROUP(Scenario.FULL),
    /** The server speaks only TLS 1.2. */
    OLD_SERVER(Scenario.FULL),
    /** The client speaks only TLS 1.2. */
    OLD_CLIENT(Scenario.FULL),
    /** The two ends have no application protocol in common. */
    NO_COMMON_PROTOCOL(Scenario.FULL);

    private final Scenario scenario;

    Fault(Scenario scenario) {
        this.scenario = scenario;
    }

    /** In which scenario it shows. A flipped bit shows in any; this is the usual one. */
    public Scenario scenario() {
        return scenario;
    }

    /** Whether a third party sends a copy of the last connection's beginning. */
    boolean isReplay() {
        return this == REPLAYED_TICKET || this == REPLAYED_EARLY_DATA;
    }
}
