package dev.akushu.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** What the rolling out of keys needs of a store. Each call takes a bounded time and brings a bounded amount, whatever somebody has written there, and fails if the store does not answer. */
interface EntryStore {
    /** Where the first part begins. */
    String BEGIN = "0";

    /**
     * Some of what is there.
     *
     * @param entries what has the name and the length of an entry, by the names of keys
     * @param others how many fields there are besides
     * @param next where the next part begins; {@link #BEGIN} after the last
     */
    record Part(Map<String, String> entries, int others, String next) {}

    /** A few hundred fields, some of them perhaps twice; what is there from the first part to the last is in one of them. */
    Part part(String from) throws IOException;

    /** What stands under {@code names} now; without those that are not there, and with an empty text for what is too long for an entry. */
    Map<String, String> named(Collection<String> names) throws IOException;

    /** Writes an entry over what is there. */
    void put(String name, String entry) throws IOException;

    /** Writes an entry if there is none of the name. */
    void putIfAbsent(String name, String entry) throws IOException;

    /** Has the store drop all entries after {@code time}: nobody may be left then who would. */
    void expireAfter(Duration time) throws IOException;

    /** Takes entries away. */
    void remove(Collection<String> names) throws IOException;

    /** Whether this server may make keys for the next {@code time}: as a rule no other may then. */
    boolean lease(Duration time) throws IOException;

    /** Lets the next server make keys, unless the lease has run out and is another's by now. */
    void release() throws IOException;

    /** Tells all servers that entries have changed. */
    void announce() throws IOException;
}
