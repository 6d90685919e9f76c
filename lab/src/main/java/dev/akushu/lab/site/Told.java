package dev.akushu.lab.site;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event of a run. Who tells it is shaking hands, and must not wait for the words in two languages; they are written when somebody
 * first reads them.
 */
final class Told {
    private @Nullable Supplier<String> writer;
    private String json = "";

    Told(Supplier<String> writer) {
        this.writer = writer;
    }

    /** As {@link dev.akushu.lab.record.RecordingJson} has it. */
    synchronized String json() {
        if (writer != null) {
            json = writer.get();
            writer = null;
        }
        return json;
    }
}
