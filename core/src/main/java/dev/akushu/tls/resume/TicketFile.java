package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.file.SecretFile;
import dev.akushu.tls.resume.TicketsInMemory.Entry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tickets in memory and, after every change, in a file. The lock is held while the file is written. */
public final class TicketFile implements TicketStore {
    private static final int MAXIMUM_TICKETS = 256;
    private static final int MAXIMUM_BYTES = 1 << 20;

    /**
     * Who can read the file can impersonate the servers in it and read early data; who can write it can make this
     * client talk to a server of their own.
     */
    private final SecretFile file;

    private final TicketsInMemory tickets = new TicketsInMemory(MAXIMUM_TICKETS);

    private TicketFile(Path file) {
        this.file = SecretFile.at(file, SecretFile.Sharing.OWNER_ALONE);
    }

    /** Reads {@code file} if there is one. */
    public static TicketFile open(Path file) throws TlsException {
        TicketFile opened = new TicketFile(file);
        opened.read();
        return opened;
    }

    @Override
    public synchronized void put(Key key, StoredTicket ticket) throws TlsException {
        tickets.put(key, ticket);
        write();
    }

    @Override
    public synchronized @Nullable StoredTicket take(Key key, Instant now) throws TlsException {
        int before = tickets.count();
        StoredTicket ticket = tickets.take(key, now);
        if (tickets.count() == before) {
            return ticket;
        }
        try {
            write();
        } catch (TlsException stillInFile) {
            // It would be used once more by whoever reads the file next.
            if (ticket != null) {
                ticket.wipe();
            }
            throw stillInFile;
        }
        return ticket;
    }

    @Override
    public synchronized void remove(Key key, Set<Bytes> ids) throws TlsException {
        int before = tickets.count();
        tickets.remove(key, ids);
        if (tickets.count() != before) {
            write();
        }
    }

    @Override
    public synchronized void clear() throws TlsException {
        tickets.clear();
        write();
    }

    private void read() throws TlsException {
        byte[] content = new byte[0];
        try {
            content = file.read(MAXIMUM_BYTES);
            for (Entry entry : TicketFileCodec.decode(content)) {
                tickets.put(entry.key(), entry.ticket());
            }
        } catch (NoSuchFileException absent) {
            if (!file.hasFolder()) {
                throw Problem.SESSION_FILE_UNUSABLE.causedBy(absent, file.path(), "its folder does not exist");
            }
        } catch (TlsException known) {
            throw malformed(known);
        } catch (IOException failed) {
            throw unusable(failed);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private void write() throws TlsException {
        byte[] content = TicketFileCodec.encode(tickets.entries(), MAXIMUM_BYTES);
        try {
            file.replace(content);
        } catch (IOException failed) {
            throw unusable(failed);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private TlsException malformed(TlsException known) {
        return Problem.SESSION_FILE_UNUSABLE.causedBy(known, file.path(), "it is damaged, or no file of tickets");
    }

    private TlsException unusable(IOException failed) {
        return Problem.SESSION_FILE_UNUSABLE.causedBy(failed, file.path(), SecretFile.reason(failed));
    }
}
