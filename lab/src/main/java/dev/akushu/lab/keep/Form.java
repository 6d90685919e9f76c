package dev.akushu.lab.keep;

import dev.akushu.lab.page.KeptPage;
import dev.akushu.lab.record.Recording;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which form a run is kept; the name of a file tells it by its end. */
public enum Form {
    /** A page that shows the run and opens without the lab. */
    HTML("text/html; charset=utf-8"),
    /** Every event, an array of objects. */
    JSON("application/json"),
    /** A sequence diagram in Mermaid. */
    MMD("text/plain; charset=utf-8"),
    /** All records with the secrets to decrypt them: who has it can read the connections. */
    PCAPNG("application/octet-stream");

    private final String mediaType;

    Form(String mediaType) {
        this.mediaType = mediaType;
    }

    /** By the end of a file's name, such as {@code .html}; empty if that is none of these. */
    public static Optional<Form> ofFile(String name) {
        return Arrays.stream(values())
                .filter(form -> name.toLowerCase(Locale.ROOT).endsWith(form.extension()))
                .findFirst();
    }

    /** The end of a file's name, with its dot. */
    public String extension() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /** For Content-Type. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The whole file.
     *
     * @param recordings the connections
     * @param events all that was told of them, as {@link dev.akushu.lab.record.RecordingJson} has it
     * @param locale of what people read in it: Japanese if its language is, otherwise English
     */
    public byte[] of(List<Recording> recordings, List<String> events, Locale locale) {
        return switch (this) {
            case HTML -> KeptPage.of(events, locale).getBytes(StandardCharsets.UTF_8);
            case JSON -> ("[" + String.join(",\n", events) + "]\n").getBytes(StandardCharsets.UTF_8);
            case MMD -> Mermaid.of(recordings, locale).getBytes(StandardCharsets.UTF_8);
            case PCAPNG -> Capture.of(recordings);
        };
    }
}
