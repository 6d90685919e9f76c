package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is exported of each connection for use outside of it. RFC 9846 section 7.5. */
public final class ExportOptions {
    private static final String NAME = "--export";
    private static final String EARLY = "--export-early";

    @Option(names = NAME, paramLabel = "LABEL[:LENGTH]")
    private @Nullable String label;

    @Option(names = EARLY, paramLabel = "LABEL[:LENGTH]")
    private @Nullable String earlyLabel;

    /**
     * The exports that were asked for, none or up to two.
     *
     * @param early whether there may be early data, without which there is no early exporter
     * @param option the option that there is early data with
     */
    public List<Export> exports(boolean early, String option, Words words) throws CommandFailure {
        List<Export> exports = new ArrayList<>();
        if (label != null) {
            exports.add(Export.of(label, false, NAME, words));
        }
        if (earlyLabel != null) {
            if (!early) {
                throw words.misuse("needs", EARLY, option);
            }
            exports.add(Export.of(earlyLabel, true, EARLY, words));
        }
        return List.copyOf(exports);
    }
}
