package dev.akushu.curves.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The generated part of a source file, between two comments. */
public record GeneratedRegion(Path file, String generated) {
    private static final String BEGIN = "    // <generated>";
    private static final String END = "    // </generated>";

    /** What the file would be with fresh generated code in it. */
    public String expected() throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        int end = text.indexOf(END);
        if (begin == 0 || end < begin) {
            throw new IOException("no generated part in " + file);
        }
        return text.substring(0, begin) + "\n" + generated + "\n" + text.substring(end);
    }
}
