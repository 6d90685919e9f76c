package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.file.ShownAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where Ticket Keys are kept, as it is typed. */
public sealed interface TicketKeyPlace {
    /** In memory: a server makes them for itself. */
    record InMemory() implements TicketKeyPlace {}

    /** In files, of which the first seals. */
    record InFiles(List<Path> files) implements TicketKeyPlace {}

    /**
     * In a store.
     *
     * @param address may hold a password
     */
    record InStore(String address) implements TicketKeyPlace {
        @Override
        public String toString() {
            return ShownAddress.of(address);
        }
    }

    /** The start of a store's address, whatever follows. */
    Pattern STORE = Pattern.compile("rediss?(-sentinel)?://.*", Pattern.DOTALL);

    /** The place that {@code text} names: {@code memory}, {@code file:PATH}, several of these with commas between, or the address of a store. */
    static TicketKeyPlace ofServer(String text, Words words) throws CommandFailure {
        if (text.equals("memory")) {
            return new InMemory();
        }
        if (STORE.matcher(text).matches()) {
            return requireLoaded(text, words);
        }
        List<Path> files = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            files.add(file(each, text, words));
        }
        return new InFiles(List.copyOf(files));
    }

    /** The one file or store that {@code text} names. */
    static TicketKeyPlace shared(String text, Words words) throws CommandFailure {
        return STORE.matcher(text).matches()
                ? requireLoaded(text, words)
                : new InFiles(List.of(file(text, text, words)));
    }

    /** The launcher loads what a store needs only when an argument looks like this. */
    private static TicketKeyPlace requireLoaded(String text, Words words) throws CommandFailure {
        try {
            var _ = Class.forName("dev.akushu.fleet.Fleet", false, TicketKeyPlace.class.getClassLoader());
            return new InStore(text);
        } catch (ClassNotFoundException absent) {
            throw new CommandFailure(words.misuse("no_fleet").failure(), absent);
        }
    }

    /** @param all what {@code text} is a part of; a comma may stand in a password */
    private static Path file(String text, String all, Words words) throws CommandFailure {
        String path = text.startsWith("file:") ? text.substring("file:".length()) : "";
        if (path.isEmpty()) {
            throw words.misuse("ticket_key_place", ShownAddress.of(all));
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException noPath) {
            throw words.misuse("ticket_key_place", ShownAddress.of(all));
        }
    }
}
