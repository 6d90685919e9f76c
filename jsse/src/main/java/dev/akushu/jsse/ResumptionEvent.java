package dev.akushu.jsse;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Whether a session was resumed, decided in the middle of a handshake. */
@Name("dev.akushu.Resumption")
@Label("TLS Resumption")
@Description("Whether a session was resumed, and if not why")
@Category({"Java Development Kit", "Security"})
@Enabled(false)
@StackTrace(false)
final class ResumptionEvent extends ConnectionEvent {
    @Label("Resumed")
    boolean resumed;

    @Label("Reason For Not Resuming")
    @Nullable String notResumed;
}
