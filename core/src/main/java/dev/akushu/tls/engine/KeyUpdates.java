package dev.akushu.tls.engine;

import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.KeyUpdate;

/** What a KeyUpdate does, the same for both roles. RFC 9846 section 4.7.3. */
public final class KeyUpdates {
    private KeyUpdates() {}

    /** The peer has changed its sending keys, and may want us to do the same. */
    public static void received(KeyUpdate update, Aligned aligned, Output out) {
        out.event(() -> new TraceEvent.KeyUpdated(Flow.RECEIVED, update.updateRequested()));
        out.updateReadKeys(aligned);
        if (update.updateRequested()) {
            out.answerKeyUpdate();
        }
    }
}
