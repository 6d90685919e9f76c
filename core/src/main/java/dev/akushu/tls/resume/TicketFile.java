package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.resume.TicketsInMemory.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tickets in memory and, after every change, in a file. The lock is held while the file is written. */
public final class TicketFile implements TicketStore {
    private static final int MAXIMUM_TICKETS = 256;
    private static final int MAXIMUM_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ALONE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final TicketsInMemory tickets = new TicketsInMemory(MAXIMUM_TICKETS);

    private TicketFile(Path file) {
        this.file = file.toAbsolutePath();
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
    public synchronized void remove(Key key, Bytes ticket) throws TlsException {
        int before = tickets.count();
        tickets.remove(key, ticket);
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
            // No symbolic link: replacing the file would replace the link, and leave the secrets where it points.
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw unusable("it is no regular file");
            }
            refuseIfOpenToOthers();
            content = readBounded();
            for (Entry entry : TicketFileCodec.decode(content)) {
                tickets.put(entry.key(), entry.ticket());
            }
        } catch (NoSuchFileException absent) {
            refuseWithoutFolder();
        } catch (TlsException known) {
            throw known.problem() == Problem.SESSION_FILE_UNUSABLE ? known : malformed(known);
        } catch (IOException failed) {
            throw unusable(failed);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private byte[] readBounded() throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(MAXIMUM_BYTES + 1);
            if (content.length > MAXIMUM_BYTES) {
                throw unusable("it is longer than " + MAXIMUM_BYTES + " bytes");
            }
            return content;
        }
    }

    /**
     * Who can read the file can impersonate the servers in it and read early data; who can write it can make this
     * client talk to a server of their own.
     */
    private void refuseIfOpenToOthers() throws IOException {
        PosixFileAttributeView posix =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix == null) {
            return;
        }
        Set<PosixFilePermission> excess = EnumSet.copyOf(OWNER_ALONE);
        excess.addAll(posix.readAttributes().permissions());
        excess.removeAll(OWNER_ALONE);
        excess.remove(PosixFilePermission.OWNER_EXECUTE);
        if (!excess.isEmpty()) {
            throw unusable("others than its owner may use it: its permissions are "
                    + PosixFilePermissions.toString(posix.readAttributes().permissions()) + ", not rw-------");
        }
    }

    private void refuseWithoutFolder() throws TlsException {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw unusable("its folder does not exist");
        }
    }

    /**
     * Writes a new file beside the old one and puts it in its place in one step, so that a reader finds the one or the
     * other, whole.
     */
    private void write() throws TlsException {
        byte[] content = TicketFileCodec.encode(tickets.entries(), MAXIMUM_BYTES);
        try {
            Path fresh = Files.createTempFile(file.resolveSibling("."), ".akushu-tickets-", ".tmp", attributes());
            try {
                writeDurably(fresh, content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException failed) {
            throw unusable(failed);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void writeDurably(Path target, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private FileAttribute<?>[] attributes() {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                : new FileAttribute<?>[0];
    }

    private TlsException unusable(String reason) {
        return Problem.SESSION_FILE_UNUSABLE.with(file, reason);
    }

    private TlsException malformed(TlsException known) {
        return Problem.SESSION_FILE_UNUSABLE.causedBy(known, file, "it is damaged, or no file of tickets");
    }

    private TlsException unusable(IOException failed) {
        return Problem.SESSION_FILE_UNUSABLE.causedBy(failed, file, reason(failed));
    }

    // These exceptions name the file only, which the diagnosis does already.
    private static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "access is denied";
            case NoSuchFileException absent -> "its folder does not exist";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> failed.toString();
        };
    }
}
