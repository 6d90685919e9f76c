package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.file.SecretFile;
import dev.akushu.tls.file.WatchedFiles;
import dev.akushu.tls.resume.TicketKeyCodec;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ticket Keys in files that several servers read, from a shared folder or a Kubernetes secret: a ticket that one of them sealed opens at all of them. The files are read anew when they
 * change; if they cannot be used then, the last keys stay, and the fault is reported once. No thread is started; a handshake looks at the files' attributes if nobody did so for a while.
 *
 * <p>Three forms are read. The own one, which {@code akushu keys} writes, holds keys with their times. The files of nginx (48 or 80 bytes; several files, of which the first seals) and of
 * HAProxy (lines of base64; the last but one seals) are read as key material: their tickets do not open here, nor ours there. Nobody but their owner and group may read such files, and none but
 * their owner may write them; whoever owns them knows the keys. That is checked where the file system has POSIX permissions. The files are read by the thread of a handshake: put them on a disk that answers, no network that may hang. Safe for use by many threads.
 */
public final class TicketKeyFiles implements TicketKeySource {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final WatchedFiles<TicketKeyRing> watched;

    private TicketKeyFiles(WatchedFiles<TicketKeyRing> watched) {
        this.watched = watched;
    }

    /**
     * The keys in {@code files}; looks for changes every five seconds at most, faults are logged as warnings.
     *
     * @param files one or more; of those without times the first seals
     * @throws TlsException of TICKET_KEYS_UNUSABLE: at the start, each has to be usable
     */
    public static TicketKeyFiles of(List<Path> files) throws TlsException {
        return of(files, A_WHILE, TicketKeyFiles::log);
    }

    /**
     * The keys in {@code files}.
     *
     * @param files as in {@link #of(List)}
     * @param interval the least time between two looks at the files; zero to look in each handshake
     * @param onFault hears of files that cannot be used, once a fault, on the thread of a handshake
     * @throws TlsException as {@link #of(List)}
     */
    public static TicketKeyFiles of(List<Path> files, Duration interval, Consumer<TlsException> onFault)
            throws TlsException {
        if (files.isEmpty() || interval.isNegative()) {
            throw new IllegalArgumentException(
                    "Ticket keys need a file, and an interval that is not negative: " + files + ", " + interval);
        }
        List<Path> all = List.copyOf(files);
        return new TicketKeyFiles(WatchedFiles.read(all, new Reading(all), interval, onFault));
    }

    /** What the files held when they could last be read. Looks at them first. */
    @Override
    public List<TicketKey> keys() {
        return watched.current().keys();
    }

    /**
     * The keys in one file.
     *
     * @throws TlsException of TICKET_KEYS_UNUSABLE
     */
    public static TicketKeyRing read(Path file) throws TlsException {
        return ring(List.of(file));
    }

    /**
     * Replaces {@code file} in one step, or makes it, for its owner alone; in the own form. One that is there keeps owner
     * and group, and the group may go on reading it.
     *
     * @throws TlsException of TICKET_KEYS_UNUSABLE if it cannot be written
     */
    public static void write(Path file, TicketKeyRing ring) throws TlsException {
        byte[] content = TicketKeyCodec.encode(ring.keys());
        try {
            SecretFile.at(file, SecretFile.Sharing.GROUP_READS).replace(content);
        } catch (IOException failed) {
            throw Problem.TICKET_KEYS_UNUSABLE.causedBy(failed, file, SecretFile.reason(failed));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static TicketKeyRing ring(List<Path> files) throws TlsException {
        List<TicketKey> keys = new ArrayList<>();
        try {
            for (Path file : files) {
                keys.addAll(keys(file, file.equals(files.getFirst())));
            }
            return TicketKeyRing.of(keys);
        } catch (TlsException unusable) {
            keys.forEach(TicketKey::retire);
            throw unusable;
        } catch (IllegalArgumentException twice) {
            keys.forEach(TicketKey::retire);
            throw Problem.TICKET_KEYS_UNUSABLE.causedBy(twice, files.getFirst(), String.valueOf(twice.getMessage()));
        }
    }

    private static List<TicketKey> keys(Path file, boolean seals) throws TlsException {
        byte[] content = new byte[0];
        try {
            content = SecretFile.at(file, SecretFile.Sharing.GROUP_READS).read(TicketKeyCodec.LONGEST);
            return TicketKeyCodec.decode(content, seals, hash());
        } catch (TicketKeyCodec.MalformedException malformed) {
            throw Problem.TICKET_KEYS_UNUSABLE.causedBy(malformed, file, String.valueOf(malformed.getMessage()));
        } catch (NoSuchFileException absent) {
            throw Problem.TICKET_KEYS_UNUSABLE.causedBy(absent, file, "there is no such file");
        } catch (IOException failed) {
            throw Problem.TICKET_KEYS_UNUSABLE.causedBy(failed, file, SecretFile.reason(failed));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Any implementation gives the same keys, so it need not be that of a connection. */
    private static HashAlgorithm hash() {
        SuiteCrypto suite = Crypto.jdk().suite(CipherSuite.TLS_AES_256_GCM_SHA384);
        if (suite == null) {
            throw new IllegalStateException("this JDK has no SHA-384");
        }
        return suite.hash();
    }

    private static void log(TlsException fault) {
        LOG.log(
                Logger.Level.WARNING,
                "changed files of ticket keys cannot be used, the old keys stay: {0}",
                fault.getMessage());
    }

    /** Remembers what it read last, to overwrite the secrets of keys that are gone and keep the objects of those that stay. */
    private static final class Reading implements WatchedFiles.Reading<TicketKeyRing> {
        private final List<Path> files;
        private TicketKeyRing last = TicketKeyRing.EMPTY;

        Reading(List<Path> files) {
            this.files = files;
        }

        @Override
        public TicketKeyRing read(Consumer<TlsException> leftOut) throws TlsException {
            last = ring(files).succeeding(last);
            return last;
        }
    }
}
