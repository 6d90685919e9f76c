package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.akushu.tls.TicketKeyRing.Rotation;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ticket keys in files, whose content changes while servers use them. */
class TicketKeyFilesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String FIRST_LINE = "akushu ticket keys 1\n";
    private static final String NAME = "00112233445566778899aabbccddeeff";
    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String TIMES = "2026-11-28T12:00:00Z 2026-11-29T12:00:00Z 2026-11-30T12:00:00Z";

    private final TestPki pki = TestPki.create();
    private final Issued issued = pki.leaf(TestKey.P256, "localhost");
    private final List<TlsException> faults = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void ticketOfOneServerOpensAtAnotherThatReadsTheSameFile() throws Exception {
        Path file = rotate(folder.resolve("keys"));
        TlsClient client = TlsClient.builder(pki.trust()).build();
        TlsServer first = server(watching(file));
        TlsServer second = server(watching(file));

        assertThat(resumed(client, first)).isFalse();
        assertThat(resumed(client, second)).isTrue();

        rotate(file);
        assertThat(resumed(client, first)).isTrue();
        assertThat(resumed(client, second)).isTrue();
        assertThat(faults).isEmpty();
    }

    @Test
    void ticketUnderAKeyThatWasTakenOutOpensNoMore() throws Exception {
        Path file = rotate(folder.resolve("keys"));
        TlsClient client = TlsClient.builder(pki.trust()).build();
        TlsServer server = server(watching(file));
        resumed(client, server);

        TicketKeyRing ring = TicketKeyFiles.read(file);
        TicketKeyFiles.write(
                file, ring.without(ring.keys().getFirst().name()).rotated(now(), Rotation.DEFAULT, RANDOM));

        assertThat(resumed(client, server)).isFalse();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Path file = rotate(rotate(folder.resolve("keys")));
        List<TicketKey> written = TicketKeyFiles.read(file).keys();

        TicketKeyFiles.write(file, TicketKeyRing.of(written));
        List<TicketKey> read = TicketKeyFiles.read(file).keys();

        assertThat(read).hasSize(2);
        assertThat(read)
                .map(TicketKey::toString)
                .containsExactlyElementsOf(
                        written.stream().map(TicketKey::toString).toList());
        assertThat(read.getFirst().copySecret()).isEqualTo(written.getFirst().copySecret());
    }

    @Test
    void fileThatCannotBeUsedIsReportedOnceAndTheOldKeysStay() throws Exception {
        Path file = rotate(folder.resolve("keys"));
        TicketKeyFiles keys = watching(file);
        TicketKey before = keys.keys().getFirst();

        privately(file, "something else".getBytes(StandardCharsets.US_ASCII));
        keys.keys();
        keys.keys();
        Files.delete(file);
        keys.keys();

        assertThat(keys.keys()).containsExactly(before);
        assertThat(before.copySecret()).isNotNull();
        assertThat(faults).hasSize(2).extracting(TlsException::problem).containsOnly(Problem.TICKET_KEYS_UNUSABLE);
    }

    @Test
    void ofNginxsFilesTheFirstSealsAndAllOpen() throws Exception {
        Path newest = random(folder.resolve("newest"), 80);
        Path older = random(folder.resolve("older"), 48);
        TicketKeyFiles keys = watching(newest, older);

        TicketKey ofNewest = TicketKeyFiles.read(newest).keys().getFirst();
        TicketKey ofOlder = TicketKeyFiles.read(older).keys().getFirst();

        assertThat(keys.keys()).hasSize(2);
        assertThat(sealing(keys).name()).isEqualTo(ofNewest.name());
        assertThat(keys.openingKey(ofOlder.name(), now())).isNotNull();
        assertThat(ofNewest.copySecret()).isNotEqualTo(ofOlder.copySecret());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 1", "5, 3"})
    void ofHaproxysLinesTheLastButOneSeals(int lines, int seals) throws Exception {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            byte[] material = new byte[i % 2 == 0 ? 48 : 80];
            RANDOM.nextBytes(material);
            text.add(Base64.getEncoder().encodeToString(material));
        }
        Path file = folder.resolve("keys");
        privately(file, String.join("\n", text).concat("\n").getBytes(StandardCharsets.US_ASCII));
        Path alone = folder.resolve("alone");
        privately(alone, Base64.getDecoder().decode(text.get(seals)));

        TicketKeyFiles keys = watching(file);

        assertThat(keys.keys()).hasSize(lines);
        assertThat(sealing(keys).name())
                .isEqualTo(TicketKeyFiles.read(alone).keys().getFirst().name());
    }

    /** Each bit of the file counts, so that no two files give the same key. */
    @Test
    void nameAndSecretComeFromAllBytes() throws Exception {
        TicketKey first = ofBytes(counting(48));
        for (int i = 0; i < 48; i++) {
            byte[] changed = counting(48);
            changed[i] ^= 1;
            TicketKey other = ofBytes(changed);
            assertThat(other.name()).isNotEqualTo(first.name());
            assertThat(other.copySecret()).isNotEqualTo(first.copySecret());
        }
        assertThat(first.name()).isNotEqualTo(Bytes.copyOf(counting(48), 0, 16));
        assertThat(first.copySecret()).isNotEqualTo(ofBytes(counting(80)).copySecret());
    }

    /** What a crash leaves behind must not become a key that everybody knows. */
    @ParameterizedTest
    @ValueSource(ints = {48, 80})
    void zerosAreNoKey(int length) throws IOException {
        Path file = folder.resolve("keys");
        privately(file, new byte[length]);
        assertThatThrownBy(() -> TicketKeyFiles.read(file)).hasMessageContaining("it is not random");
        privately(file, Base64.getEncoder().encode(new byte[length]));
        assertThatThrownBy(() -> TicketKeyFiles.read(file)).hasMessageContaining("line 1 is not random");
    }

    /** Whoever changes the keys must not lock the servers out, which would go on with the old ones. */
    @Test
    void readersStayReadersWhenTheFileIsReplaced() throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path file = rotate(folder.resolve("keys"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        rotate(link);

        assertThat(link).isSymbolicLink();
        assertThat(TicketKeyFiles.read(file).keys()).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void ownerAndGroupStayToo() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"));
        Path file = rotate(folder.resolve("keys"));
        assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "only root can give files away");
        Files.setAttribute(file, "unix:uid", 12345);
        Files.setAttribute(file, "unix:gid", 23456);

        rotate(file);

        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(23456);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "hello\n",
                "akushu ticket keys 2\n",
                FIRST_LINE + "x\n",
                FIRST_LINE + NAME + " " + "AAAA" + " " + TIMES + "\n",
                FIRST_LINE + "0011 c2VjcmV0 " + TIMES + "\n",
                FIRST_LINE + NAME + " c2VjcmV0!! " + TIMES + "\n",
            })
    void fileOfAnotherKindIsRefused(String content) throws IOException {
        assertUnusable(content, folder.toString());
    }

    @Test
    void whatIsWrongIsToldByItsLine() throws IOException {
        String good = NAME + "  " + SECRET + "  " + TIMES + "\n";
        assertUnusable(FIRST_LINE + good + good, NAME);
        assertUnusable(
                FIRST_LINE + "# c\n" + NAME + " " + SECRET + " now 2026-11-29T12:00:00Z 2026-11-30T12:00:00Z",
                "line 3");
        assertUnusable(FIRST_LINE + NAME + " " + SECRET + " 2026-11-29T12:00:00Z", "line 2");
        assertUnusable(
                FIRST_LINE + NAME + " " + SECRET + " 2026-11-29T12:00:00Z 2026-11-28T12:00:00Z 2026-11-30T12:00:00Z",
                "line 2");
    }

    @Test
    void noFaultTellsAnythingOfASecret() throws IOException {
        String secret = "dGhpcyBpcyB0aGUgc2VjcmV0IHRoYXQgbm9ib2R5IHNlZXM=";
        Path file = folder.resolve("keys");
        for (String content :
                List.of(secret + "\n", FIRST_LINE + secret, FIRST_LINE + NAME + " " + secret + "! " + TIMES)) {
            privately(file, content.getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> TicketKeyFiles.read(file)).hasMessageNotContaining("dGhpcyBpcyB0aGU");
        }
    }

    @Test
    void commentsAndWindowsLinesAreRead() throws Exception {
        Path file = folder.resolve("keys");
        privately(
                file,
                ("akushu ticket keys 1\r\n# a comment\r\n\r\n" + NAME + "\t" + SECRET + "\t" + TIMES + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));

        assertThat(TicketKeyFiles.read(file).keys())
                .map(key -> key.name().hex())
                .containsExactly(NAME);
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, true",
        "r--------, true",
        "rw-r-----, true",
        "r--r-----, true",
        "rw-rw----, false",
        "rw-r--r--, false",
        "rw-----w-, false"
    })
    void groupMayReadAndNobodyElseMayDoAnything(String permissions, boolean usable) throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path file = rotate(folder.resolve("keys"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        if (usable) {
            assertThat(TicketKeyFiles.read(file).keys()).hasSize(1);
        } else {
            assertThatThrownBy(() -> TicketKeyFiles.read(file)).hasMessageContaining(permissions);
        }
    }

    /** Kubernetes mounts a secret so: the file is a link through a link, which is changed in one step. */
    @Test
    void secretOfKubernetesIsFollowed() throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path first = rotate(Files.createDirectory(folder.resolve("..2026_1")).resolve("keys"));
        Path second = rotate(Files.createDirectory(folder.resolve("..2026_2")).resolve("keys"));
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getParent());
        Path file = Files.createSymbolicLink(folder.resolve("keys"), Path.of("..data", "keys"));
        TicketKeyFiles keys = watching(file);
        assertThat(sealing(keys).name())
                .isEqualTo(TicketKeyFiles.read(first).keys().getFirst().name());

        Files.delete(data);
        Files.createSymbolicLink(data, second.getParent());

        assertThat(sealing(keys).name())
                .isEqualTo(TicketKeyFiles.read(second).keys().getFirst().name());
    }

    private TicketKey ofBytes(byte[] material) throws Exception {
        Path file = folder.resolve("material");
        privately(file, material);
        return TicketKeyFiles.read(file).keys().getFirst();
    }

    private void assertUnusable(String content, String told) throws IOException {
        Path file = folder.resolve("keys");
        privately(file, content.getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> TicketKeyFiles.read(file))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.TICKET_KEYS_UNUSABLE))
                .hasMessageContaining(told);
    }

    private TicketKeyFiles watching(Path... files) throws TlsException {
        return TicketKeyFiles.of(List.of(files), Duration.ZERO, faults::add);
    }

    private static TicketKey sealing(TicketKeyFiles keys) {
        return Objects.requireNonNull(keys.sealingKey(now()));
    }

    private static Path rotate(Path file) throws TlsException {
        TicketKeyRing ring = Files.exists(file) ? TicketKeyFiles.read(file) : TicketKeyRing.EMPTY;
        TicketKeyFiles.write(file, ring.rotated(now(), Rotation.DEFAULT, RANDOM));
        return file;
    }

    private static byte[] counting(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (2 * i);
        }
        return octets;
    }

    private static Path random(Path file, int length) throws IOException {
        byte[] material = new byte[length];
        RANDOM.nextBytes(material);
        privately(file, material);
        return file;
    }

    private static void privately(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, content);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static Instant now() {
        return Instant.now();
    }

    private TlsServer server(TicketKeySource keys) {
        return TlsServer.builder(issued.identity()).ticketKeys(keys).build();
    }

    private static boolean resumed(TlsClient client, TlsServer server) throws TlsException {
        return EnginePair.connected(client, server).client().session().resumed();
    }
}
