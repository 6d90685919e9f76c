package dev.akushu.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What the rolling out of keys needs of a store. Each call takes a bounded time, and fails if the store does not answer. */
interface EntryStore {
    /** All entries, by the names of their keys. */
    Map<String, String> entries() throws IOException;

    /** Writes an entry over what is there. */
    void put(String name, String entry) throws IOException;

    /** Writes an entry if there is none of the name. */
    void putIfAbsent(String name, String entry) throws IOException;

    /** Has the store drop all entries after {@code time}: nobody may be left then who would. */
    void expireAfter(Duration time) throws IOException;

    /** Takes the entry away. */
    void remove(String name) throws IOException;

    /** Whether this server may make keys for the next {@code time}: as a rule no other may then. */
    boolean lease(Duration time) throws IOException;

    /** Lets the next server make keys, unless the lease has run out and is another's by now. */
    void release() throws IOException;

    /** Tells all servers that entries have changed. */
    void announce() throws IOException;
}
