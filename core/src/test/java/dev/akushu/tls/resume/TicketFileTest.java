package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Problem;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.record.RecordLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketFileTest {
    private static final Instant NOW = AnyTicket.NOW;
    private static final TicketStore.Key KEY = new TicketStore.Key("example.org", 443, "policy");
    private static final int LIMIT = 1 << 20;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("tickets");
    }

    @Property(tries = 200)
    void decodingGivesBackWhatWasEncoded(@ForAll("keys") TicketStore.Key key, @ForAll("tickets") StoredTicket ticket)
            throws TlsException {
        byte[] encoded = TicketFileCodec.encode(List.of(new TicketsInMemory.Entry(key, ticket)), LIMIT);
        List<TicketsInMemory.Entry> decoded = TicketFileCodec.decode(encoded);
        assertThat(decoded).hasSize(1);
        assertThat(decoded.getFirst().key()).isEqualTo(key);
        assertSame(decoded.getFirst().ticket(), ticket);
        assertThat(TicketFileCodec.encode(decoded, LIMIT)).isEqualTo(encoded);
    }

    @Test
    void entryWithLeftoverBytesIsRefused() {
        byte[] encoded =
                TicketFileCodec.encode(List.of(new TicketsInMemory.Entry(KEY, AnyTicket.plainStored("t"))), LIMIT);
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        int firstLine = new String(encoded, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        // The length of what follows the secret, whose lowest byte is the third of it.
        int lowest = firstLine + 1 + encoded[firstLine] + 2;
        longer[lowest]++;
        assertThat(longer[lowest]).isNotZero();
        assertThatThrownBy(() -> TicketFileCodec.decode(longer)).isInstanceOf(TlsException.Malformed.class);
    }

    @Test
    void asManyOfTheLastAsFitAreKept() throws TlsException {
        List<TicketsInMemory.Entry> entries = Stream.of("a", "b", "c")
                .map(label -> new TicketsInMemory.Entry(KEY, AnyTicket.plainStored(label)))
                .toList();
        int two = TicketFileCodec.encode(entries.subList(1, 3), LIMIT).length;
        assertThat(TicketFileCodec.decode(TicketFileCodec.encode(entries, two)))
                .extracting(entry -> entry.ticket().ticket().printableAscii())
                .containsExactly("b", "c");
        assertThat(TicketFileCodec.decode(TicketFileCodec.encode(entries, two - 1)))
                .hasSize(1);
    }

    @Property(tries = 300)
    void damagedFileIsRefusedOrReadAsOtherTickets(@ForAll int anywhere, @ForAll byte change) {
        byte[] encoded =
                TicketFileCodec.encode(List.of(new TicketsInMemory.Entry(KEY, AnyTicket.plainStored("t"))), LIMIT);
        encoded[Math.floorMod(anywhere, encoded.length)] ^= change;
        try {
            assertThat(TicketFileCodec.encode(TicketFileCodec.decode(encoded), LIMIT))
                    .hasSize(encoded.length);
        } catch (TlsException refused) {
            assertThat(refused).isInstanceOf(TlsException.Malformed.class);
        }
    }

    @Test
    void nextProgramFindsTheTicketsOfTheLast() throws TlsException {
        TicketStore.file(file).put(KEY, AnyTicket.plainStored("first"));
        TicketStore.file(file).put(KEY, AnyTicket.plainStored("second"));
        TicketStore next = TicketStore.file(file);
        StoredTicket taken = Objects.requireNonNull(next.take(KEY, NOW));
        assertSame(taken, AnyTicket.plainStored("second"));
        assertSame(Objects.requireNonNull(next.take(KEY, NOW)), AnyTicket.plainStored("first"));
    }

    @Test
    void takenTicketIsGoneForTheNextProgram() throws TlsException {
        TicketStore store = TicketStore.file(file);
        store.put(KEY, AnyTicket.plainStored("t"));
        assertThat(store.take(KEY, NOW)).isNotNull();
        assertThat(TicketStore.file(file).take(KEY, NOW)).isNull();
    }

    @Test
    void clearedFileHoldsNoTickets() throws TlsException {
        TicketStore store = TicketStore.file(file);
        store.put(KEY, AnyTicket.plainStored("t"));
        store.clear();
        assertThat(TicketStore.file(file).take(KEY, NOW)).isNull();
    }

    @Test
    void openingWritesNothing() throws TlsException {
        assertThat(TicketStore.file(file).take(KEY, NOW)).isNull();
        assertThat(file).doesNotExist();
    }

    @Test
    void fileIsItsOwnersAloneAndNothingIsLeftBesideIt() throws Exception {
        assumePosix();
        TicketStore store = TicketStore.file(file);
        store.put(KEY, AnyTicket.plainStored("first"));
        store.put(KEY, AnyTicket.plainStored("second"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
    void fileThatOthersMayReadOrWriteIsRefused(String permissions) throws Exception {
        assumePosix();
        TicketStore.file(file).put(KEY, AnyTicket.plainStored("t"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertUnusable(() -> TicketStore.file(file), permissions);
    }

    @Test
    void somethingElseAtThatPlaceIsRefused() throws IOException {
        Files.createDirectory(file);
        assertUnusable(() -> TicketStore.file(file), "regular file");
    }

    @Test
    void symbolicLinkIsRefused() throws Exception {
        assumePosix();
        TicketStore.file(file).put(KEY, AnyTicket.plainStored("t"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertUnusable(() -> TicketStore.file(link), "regular file");
    }

    @Test
    void missingFolderIsNamedAtOnce() {
        assertUnusable(() -> TicketStore.file(folder.resolve("absent").resolve("tickets")), "folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "akushu", "akushu tickets 1\n", "-----BEGIN CERTIFICATE-----\n"})
    void fileOfAnotherKindIsRefused(String content) throws IOException {
        writePrivately(content.getBytes(StandardCharsets.US_ASCII));
        assertUnusable(() -> TicketStore.file(file), "no file of tickets");
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        TicketStore.file(file).put(KEY, AnyTicket.plainStored("t"));
        byte[] whole = Files.readAllBytes(file);
        int firstLine = "akushu tickets 3\n".length();
        for (int length = 0; length < whole.length; length++) {
            if (length != firstLine) {
                writePrivately(Arrays.copyOf(whole, length));
                assertUnusable(() -> TicketStore.file(file), "damaged");
            }
        }
    }

    @Test
    void fileThatIsTooLongIsRefused() throws IOException {
        writePrivately(new byte[LIMIT + 1]);
        assertUnusable(() -> TicketStore.file(file), "longer than");
    }

    @Test
    void fileStaysBoundedAndKeepsTheNewestTickets() throws Exception {
        TicketStore store = TicketStore.file(file);
        for (int i = 0; i < 40; i++) {
            store.put(new TicketStore.Key("host" + i, 443, "policy"), longTicket());
        }
        assertThat(Files.size(file)).isLessThanOrEqualTo(LIMIT);
        TicketStore next = TicketStore.file(file);
        assertThat(next.take(new TicketStore.Key("host39", 443, "policy"), NOW)).isNotNull();
        assertThat(next.take(new TicketStore.Key("host0", 443, "policy"), NOW)).isNull();
    }

    @Test
    void ticketThatCannotBeSavedIsKeptInMemoryAndTheFaultIsTold() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        TicketStore store = TicketStore.file(gone.resolve("tickets"));
        Files.delete(gone);
        assertUnusable(() -> store.put(KEY, AnyTicket.plainStored("t")), "folder");
        // Handing it out needs a write too, or the next program would use it again.
        assertUnusable(() -> store.take(KEY, NOW), "folder");
        assertThat(store.take(KEY, NOW)).isNull();
    }

    @Provide
    Arbitrary<TicketStore.Key> keys() {
        return AnyTicket.keys();
    }

    @Provide
    Arbitrary<StoredTicket> tickets() {
        return AnyTicket.storedTickets();
    }

    private void writePrivately(byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, content);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void assumePosix() {
        assumeTrue(
                file.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no POSIX permissions");
    }

    private static StoredTicket longTicket() {
        return new StoredTicket(
                Bytes.wrap(AnyTicket.filled(60_000, 1)),
                AnyTicket.filled(32, 2),
                CipherSuite.TLS_AES_128_GCM_SHA256,
                NOW,
                Duration.ofDays(1),
                0,
                0,
                RecordLimits.INNER_PLAINTEXT,
                AnyTicket.plainOrigin());
    }

    private static void assertUnusable(ThrowingCallable action, String reason) {
        assertThatThrownBy(action).isInstanceOfSatisfying(TlsException.LocalMisuse.class, failure -> {
            assertThat(failure.problem()).isEqualTo(Problem.SESSION_FILE_UNUSABLE);
            assertThat(failure.diagnosis().fact("reason").toString()).contains(reason);
        });
    }

    private static void assertSame(StoredTicket actual, StoredTicket expected) {
        assertThat(actual.ticket()).isEqualTo(expected.ticket());
        assertThat(actual.copyPsk()).isEqualTo(expected.copyPsk());
        assertThat(actual.suite()).isEqualTo(expected.suite());
        assertThat(actual.receivedAt()).isEqualTo(expected.receivedAt());
        assertThat(actual.lifetime()).isEqualTo(expected.lifetime());
        assertThat(actual.ageAdd()).isEqualTo(expected.ageAdd());
        assertThat(actual.maxEarlyDataBytes()).isEqualTo(expected.maxEarlyDataBytes());
        assertThat(actual.recordSizeLimit()).isEqualTo(expected.recordSizeLimit());
        assertThat(actual.origin()).isEqualTo(expected.origin());
    }
}
