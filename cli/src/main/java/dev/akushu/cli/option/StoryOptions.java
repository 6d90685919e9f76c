package dev.akushu.cli.option;

import picocli.CommandLine.Option;

/** Whether the story of the handshake is told. */
public final class StoryOptions {
    @Option(names = "--explain")
    private boolean explain;

    @Option(names = {"-v", "--verbose"})
    private boolean verbose;

    /** Whether it is told at all. */
    public boolean explain() {
        return explain || verbose;
    }

    /** Whether it is told with every byte. */
    public boolean verbose() {
        return verbose;
    }
}
