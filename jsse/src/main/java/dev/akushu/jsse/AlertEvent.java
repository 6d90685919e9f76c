package dev.akushu.jsse;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An alert passed, close_notify too. */
@Name("dev.akushu.Alert")
@Label("TLS Alert")
@Description("An alert was sent or received")
@Category({"Java Development Kit", "Security"})
@Enabled(false)
@StackTrace(false)
final class AlertEvent extends ConnectionEvent {
    @Label("Direction")
    @Description("SENT or RECEIVED")
    @Nullable String direction;

    @Label("Alert")
    @Nullable String alert;

    @Label("Code")
    int code;

    @Label("Fatal")
    boolean fatal;
}
