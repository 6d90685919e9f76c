package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignedCertificateTimestamp;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.PemFile;
import dev.akushu.tls.identity.PinnedKeys;
import dev.akushu.tls.identity.TimestampFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Files that clients keep tickets in, and that people give: certificate timestamps and public keys. Their beginnings tell them apart. */
public final class FilesTarget {
    /** What the seeds' tickets are for. */
    static final TicketStore.Key KEY = new TicketStore.Key("localhost", 443, "policy");

    private static final TicketStore.Key OTHER_KEY = new TicketStore.Key("example.org", 443, "policy");
    private static final CertificateReader CERTIFICATE = certificate();
    private static final Bytes OUR_PUBLIC_KEY = CERTIFICATE.subjectPublicKeyInfo();

    private FilesTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path file = InputFile.of(input);
        timestamp(file, Bytes.copyOf(input));
        publicKeys(file);
        // Last, since it writes the file.
        tickets(file);
    }

    /** A timestamp for the certificate that all show; what signs it would be the log's. */
    static Bytes timestamp() {
        return encode(new SignedCertificateTimestamp(
                Bytes.wrap(new byte[32]), CERTIFICATE.notBefore(), Bytes.empty(), 4, 3, Bytes.wrap(new byte[70])));
    }

    /** A public key in PEM. */
    static byte[] publicKey() {
        String coded = Base64.getMimeEncoder().encodeToString(OUR_PUBLIC_KEY.toArray());
        return ("-----BEGIN PUBLIC KEY-----\n" + coded + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void timestamp(Path file, Bytes serialized) {
        SignedCertificateTimestamp timestamp;
        try {
            timestamp = SignedCertificateTimestamp.of(serialized);
        } catch (TlsException refused) {
            Faults.requireFaultOfThePeer(refused);
            if (!(refused instanceof TlsException.Malformed)) {
                throw new AssertionError("a refusal that nobody was told of", refused);
            }
            requireRefused(file, Problem.NO_TIMESTAMP);
            return;
        }
        if (!encode(timestamp).equals(serialized)) {
            throw new AssertionError("what was read is not what is there: " + timestamp);
        }
        if (timestamp.timestamp().isBefore(CERTIFICATE.notBefore())) {
            requireRefused(file, Problem.TIMESTAMP_BEFORE_CERTIFICATE);
            return;
        }
        try {
            if (!TimestampFile.read(file, CERTIFICATE).equals(serialized)) {
                throw new AssertionError("what is sent is not what was read");
            }
        } catch (TlsException refused) {
            throw new AssertionError("the file of a timestamp is refused", refused);
        }
    }

    private static void requireRefused(Path file, Problem problem) {
        try {
            TimestampFile.read(file, CERTIFICATE);
        } catch (TlsException refused) {
            Faults.requireOneOf(refused, problem);
            return;
        }
        throw new AssertionError("a file with " + problem + " is taken");
    }

    /** RFC 6962 section 3.2. */
    private static Bytes encode(SignedCertificateTimestamp timestamp) {
        Bytes extensions = timestamp.extensions();
        Bytes signature = timestamp.signature();
        ByteBuffer out = ByteBuffer.allocate(
                1 + timestamp.logId().length() + 8 + 2 + extensions.length() + 2 + 2 + signature.length());
        out.put((byte) 0)
                .put(timestamp.logId().toArray())
                .putLong(timestamp.timestamp().toEpochMilli())
                .putShort((short) extensions.length())
                .put(extensions.toArray())
                .put((byte) timestamp.hashAlgorithm())
                .put((byte) timestamp.signatureAlgorithm())
                .putShort((short) signature.length())
                .put(signature.toArray());
        return Bytes.wrap(out.array());
    }

    private static void publicKeys(Path file) {
        RawKeyTrust trust;
        List<Bytes> keys;
        try {
            trust = RawKeyTrust.pem(file);
            keys = PemFile.publicKeys(file);
        } catch (TlsException refused) {
            Faults.requireOneOf(refused, Problem.NOT_PEM, Problem.PEM_MISSING, Problem.PEM_MALFORMED);
            return;
        }
        for (Bytes key : keys) {
            if (!accepts(trust, key)) {
                throw new AssertionError("a key that is in the file is refused: " + key.hex());
            }
        }
        if (accepts(trust, OUR_PUBLIC_KEY) != keys.contains(OUR_PUBLIC_KEY)) {
            throw new AssertionError("a key that is not in the file is accepted");
        }
        if (!PinnedKeys.ofInfos(keys.reversed()).scope().equals(trust.scope())) {
            throw new AssertionError("the order of keys makes another trust");
        }
    }

    private static boolean accepts(RawKeyTrust trust, Bytes key) {
        try {
            trust.verify(new RawKeyTrust.RawKey(Role.SERVER, key, null));
            return true;
        } catch (TlsException refused) {
            Faults.requireOneOf(refused, Problem.RAW_KEY_UNKNOWN);
            return false;
        }
    }

    private static void tickets(Path file) {
        TicketStore tickets;
        try {
            tickets = TicketStore.file(file);
        } catch (TlsException refused) {
            Faults.requireOneOf(refused, Problem.SESSION_FILE_UNUSABLE);
            return;
        }
        try {
            requireTheSameAgain(tickets, file);
            take(tickets);
        } catch (TlsException refused) {
            throw new AssertionError("what was read cannot be written and read again", refused);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    /** A store writes its file when it changes; here by a ticket that comes, goes and comes again. */
    private static void requireTheSameAgain(TicketStore tickets, Path file) throws IOException {
        StoredTicket passing = Settings.storedTicket();
        tickets.put(OTHER_KEY, passing);
        byte[] written = Files.readAllBytes(file);
        TicketStore again = TicketStore.file(file);
        again.remove(OTHER_KEY, Set.of(passing.id()));
        again.put(OTHER_KEY, passing);
        if (!Arrays.equals(written, Files.readAllBytes(file))) {
            throw new AssertionError("what was written is read as other tickets");
        }
    }

    private static void take(TicketStore tickets) throws TlsException {
        StoredTicket ticket = tickets.take(KEY, Settings.NOW);
        if (ticket == null) {
            return;
        }
        long age = ticket.obfuscatedAge(Settings.NOW);
        if (!ticket.isUsable(Settings.NOW) || age >>> Integer.SIZE != 0) {
            throw new AssertionError("a ticket that cannot be offered: " + ticket);
        }
        ticket.wipe();
    }

    private static CertificateReader certificate() {
        try {
            return CertificateReader.of(Settings.certificate());
        } catch (TlsException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
