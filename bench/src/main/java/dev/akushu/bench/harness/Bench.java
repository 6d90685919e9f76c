package dev.akushu.bench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Something that {@code bench/run} measures. */
public interface Bench {
    /** As the command line and results.json call it. */
    String name();

    /**
     * Measures it.
     *
     * @param servers the file of {@link dev.akushu.bench.stack.Servers}
     */
    Section run(Effort effort, Path servers, Progress progress)
            throws IOException, InterruptedException, GeneralSecurityException;

    /**
     * Its part of the results.
     *
     * @param title of the part
     * @param text Markdown: the table, and what one must know to read it
     */
    record Section(String title, List<String> text, List<Comparison> comparisons) {}
}
