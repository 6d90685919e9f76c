package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TlsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where Ticket Keys are kept, as it is typed: {@code memory}, or {@code file:PATH}. */
public final class TicketKeyPlace {
    private static final String MEMORY = "memory";
    private static final String FILE = "file:";

    private TicketKeyPlace() {}

    /** The keys in the files {@code texts}, of which the first seals; empty for keys in memory, which a server makes for itself. */
    public static Optional<TicketKeySource> open(List<String> texts, Words words) throws CommandFailure, TlsException {
        if (texts.isEmpty() || texts.equals(List.of(MEMORY))) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        for (String text : texts) {
            files.add(file(text, words));
        }
        return Optional.of(TicketKeyFiles.of(files));
    }

    /** The file that {@code text} names. */
    public static Path file(String text, Words words) throws CommandFailure {
        String path = text.startsWith(FILE) ? text.substring(FILE.length()) : "";
        if (path.isEmpty()) {
            throw words.misuse("ticket_key_place", text);
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException noPath) {
            throw words.misuse("ticket_key_place", text);
        }
    }
}
