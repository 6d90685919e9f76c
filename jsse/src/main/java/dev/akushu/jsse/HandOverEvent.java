package dev.akushu.jsse;

import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A client that offers no TLS 1.3, in Java Flight Recorder: when none comes any more, handing over can be switched off. */
@Name("dev.akushu.HandOver")
@Label("TLS Hand-Over")
@Description("A client that offers no TLS 1.3 was handed over to another provider")
@Category({"Java Development Kit", "Security"})
@Enabled(false)
@StackTrace(false)
final class HandOverEvent extends ConnectionEvent {
    @Label("Offered Versions")
    @Nullable String offered;

    /** The client was handed over because of {@code tooOld}. */
    void done(TlsException tooOld, @Nullable String host, int port) {
        if (!shouldCommit()) {
            return;
        }
        of(Role.SERVER.name(), host, port);
        offered = String.valueOf(tooOld.diagnosis().fact("offered"));
        commit();
    }
}
