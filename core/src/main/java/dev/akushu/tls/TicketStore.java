package dev.akushu.tls;

import dev.akushu.tls.resume.TicketFile;
import dev.akushu.tls.resume.TicketsInMemory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a client keeps its tickets between connections. Each ticket is handed out once: a ticket used twice lets an
 * observer link the two connections, RFC 9846 appendix C.4. Safe for use by many threads.
 */
public interface TicketStore {
    /**
     * Keeps {@code ticket}, which the store owns from now on and wipes when it drops it; older tickets may have to go
     * for it.
     *
     * @throws TlsException if a store outside of memory cannot be written; the ticket is kept in memory all the same
     */
    void put(Key key, StoredTicket ticket) throws TlsException;

    /**
     * Removes the newest ticket for {@code key} that {@linkplain StoredTicket#isUsable is usable} at {@code now} and
     * hands it over to the caller, who wipes it after use; null if there is none.
     *
     * @throws TlsException if a store outside of memory cannot be written; no ticket is handed over then
     */
    @Nullable StoredTicket take(Key key, Instant now) throws TlsException;

    /**
     * Drops those of the tickets for {@code key} that are here: their sessions shall not be resumed any more. A store outside
     * of memory is written once for all of them.
     *
     * @param ids as {@link StoredTicket#id} names them
     * @throws TlsException if a store outside of memory cannot be written
     */
    void remove(Key key, Set<Bytes> ids) throws TlsException;

    /**
     * Drops all tickets.
     *
     * @throws TlsException if a store outside of memory cannot be written
     */
    void clear() throws TlsException;

    /**
     * Tickets in memory, {@code maximumTickets} at most and no more than 8 for one key; those of the key that was not
     * used for the longest time go first.
     *
     * @param maximumTickets one or more
     */
    static TicketStore inMemory(int maximumTickets) {
        return new TicketsInMemory(maximumTickets);
    }

    /**
     * Tickets in a file, for programs that run briefly. The file holds secrets: it is made for its owner alone, and
     * refused if others may read or write it (where the file system knows such permissions; elsewhere the folder must
     * protect it). Every change is written at once, to a new file that then takes the place of the old one. For one
     * program at a time: of two that run at once, the later writer wins. A few hundred tickets; the oldest go first.
     *
     * @param file where; it need not exist yet, but its folder must
     * @throws TlsException of {@link Problem#SESSION_FILE_UNUSABLE} if there is something else at that place, or it
     *     cannot be read
     */
    static TicketStore file(Path file) throws TlsException {
        return TicketFile.open(file);
    }

    /**
     * What a ticket is good for.
     *
     * @param host whom the client talks to: a DNS name or the text of an IP address, 1 to 255 characters; upper and
     *     lower case are the same
     * @param port the TCP port
     * @param policy stands for all that must be the same when the session is resumed: how the server was trusted, as
     *     whom the client showed itself, which application protocols and policy were set; a fingerprint of 1 to 255
     *     characters
     */
    record Key(String host, int port, String policy) {
        /** Puts the host into lower case. */
        public Key {
            if (port < 0 || port > 0xffff) {
                throw new IllegalArgumentException("There is no port " + port);
            }
            // First, because it may become longer by that.
            host = host.toLowerCase(Locale.ROOT);
            StoredTicket.Origin.requireText("host", host);
            StoredTicket.Origin.requireText("policy", policy);
        }

        // Written out, as hashCode is: what a record has by itself is made when it is first called, and a program's
        // start waits for that.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && that.host.equals(host)
                    && that.port == port
                    && that.policy.equals(policy);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * host.hashCode() + port) + policy.hashCode();
        }
    }
}
