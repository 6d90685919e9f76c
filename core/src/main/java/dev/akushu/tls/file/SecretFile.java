package dev.akushu.tls.file;

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
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that holds secrets: read only if none but those who may know them can read or write it, and replaced in one
 * step, so that a reader finds the old content or the new, whole.
 */
public final class SecretFile {
    private static final Set<PosixFilePermission> OWNER_ALONE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final Sharing sharing;
    private final LinkOption[] links;

    private SecretFile(Path file, Sharing sharing) {
        this.file = file.toAbsolutePath();
        this.sharing = sharing;
        links = sharing == Sharing.OWNER_ALONE ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
    }

    /** The file at {@code file}, which need not exist. */
    public static SecretFile at(Path file, Sharing sharing) {
        return new SecretFile(file, sharing);
    }

    /** Who may use such a file besides the account that runs this program. */
    public enum Sharing {
        /** Nobody. No symbolic link either: replacing the file would replace the link, and leave the secrets where it points. */
        OWNER_ALONE("rw-------", Set.of()),
        /**
         * Its group may read it, and it may be reached through symbolic links: so Kubernetes lays out secrets for a
         * container that does not run as root.
         */
        GROUP_READS("rw-r-----", Set.of(PosixFilePermission.GROUP_READ));

        private final String permissions;
        private final Set<PosixFilePermission> more;

        Sharing(String permissions, Set<PosixFilePermission> more) {
            this.permissions = permissions;
            this.more = more;
        }
    }

    /**
     * Its content, which the caller wipes.
     *
     * @param limit the most bytes it may have
     * @throws NoSuchFileException if there is no such file
     * @throws Unusable if it is no regular file, too long, or open to others
     */
    public byte[] read(int limit) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, links).isRegularFile()) {
            throw new Unusable("it is no regular file");
        }
        refuseIfOpenToOthers();
        try (InputStream in = Files.newInputStream(file, links)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                Arrays.fill(content, (byte) 0);
                throw new Unusable("it is longer than " + limit + " bytes");
            }
            return content;
        }
    }

    private void refuseIfOpenToOthers() throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class, links);
        if (posix == null) {
            return;
        }
        Set<PosixFilePermission> excess = EnumSet.copyOf(OWNER_ALONE);
        excess.addAll(posix.readAttributes().permissions());
        excess.removeAll(OWNER_ALONE);
        excess.remove(PosixFilePermission.OWNER_EXECUTE);
        excess.removeAll(sharing.more);
        if (!excess.isEmpty()) {
            throw new Unusable("others than its owner may use it: its permissions are "
                    + PosixFilePermissions.toString(posix.readAttributes().permissions()) + ", not "
                    + sharing.permissions);
        }
    }

    /**
     * Writes {@code content} to a new file beside it, and puts that in its place. Who could read the old file and may be
     * allowed to can read the new one: it keeps owner and group. A symbolic link goes on leading to the file.
     */
    public void replace(byte[] content) throws IOException {
        Path target = sharing == Sharing.GROUP_READS && Files.exists(file) ? file.toRealPath() : file;
        Path fresh = Files.createTempFile(target.resolveSibling("."), ".akushu-", ".tmp", attributes());
        try {
            writeDurably(fresh, content);
            if (sharing == Sharing.GROUP_READS && Files.exists(target)) {
                giveToReadersOf(target, fresh);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Fails rather than to lock those out who are to use the file. */
    private void giveToReadersOf(Path old, Path fresh) throws IOException {
        PosixFileAttributeView from = Files.getFileAttributeView(old, PosixFileAttributeView.class);
        PosixFileAttributeView to = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (from == null || to == null) {
            return;
        }
        PosixFileAttributes readers = from.readAttributes();
        PosixFileAttributes made = to.readAttributes();
        Set<PosixFilePermission> permissions = EnumSet.copyOf(OWNER_ALONE);
        permissions.addAll(sharing.more);
        permissions.retainAll(readers.permissions());
        permissions.addAll(OWNER_ALONE);
        if (!made.group().equals(readers.group())) {
            to.setGroup(readers.group());
        }
        to.setPermissions(permissions);
        if (!made.owner().equals(readers.owner())) {
            to.setOwner(readers.owner());
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

    /** Whether the folder that the file is in, or is to be in, exists. */
    public boolean hasFolder() {
        Path folder = file.getParent();
        return folder != null && Files.isDirectory(folder);
    }

    /** The absolute path. */
    public Path path() {
        return file;
    }

    /** What went wrong, in a few words that do not name the file: these exceptions say little else. */
    public static String reason(IOException failed) {
        return switch (failed) {
            case Unusable known -> String.valueOf(known.getMessage());
            case AccessDeniedException denied -> "access is denied";
            case NoSuchFileException absent -> "it or its folder does not exist";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> failed.toString();
        };
    }

    /** The file is there, but must not be used; the message says why. */
    public static final class Unusable extends IOException {
        private static final long serialVersionUID = 1;

        Unusable(String reason) {
            super(reason);
        }
    }
}
