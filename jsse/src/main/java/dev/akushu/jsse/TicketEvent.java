package dev.akushu.jsse;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A session ticket was sealed or opened by a server, or received by a client. */
@Name("dev.akushu.Ticket")
@Label("TLS Session Ticket")
@Description("A session ticket was sealed or opened by a server, or received by a client")
@Category({"Java Development Kit", "Security"})
@Enabled(false)
@StackTrace(false)
final class TicketEvent extends ConnectionEvent {
    @Label("Action")
    @Description("SEALED, OPENED, RECEIVED, or DROPPED: received and of no use")
    @Nullable String action;

    @Label("Ticket Key")
    @Description("Name of the server's Ticket Key, as it stands in the ticket in clear")
    @Nullable String keyName;

    @Label("Time")
    @Description("Lifetime of a ticket that is new, age of one that was opened")
    @Timespan(Timespan.MILLISECONDS)
    long time;

    @Label("Length")
    @Description("Of the ticket in bytes; 0 for one that was opened")
    int length;
}
