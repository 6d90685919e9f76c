package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.schedule.Hkdf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Ticket keys in files. Our own form is text:
 *
 * <pre>
 * akushu ticket keys 1
 * # name (16 bytes, hexadecimal)  secret (32 bytes, base64)  seals from  seals until  opens until
 * 3f...9c  q0...8=  2026-11-28T12:00:00Z  2026-12-05T12:00:00Z  2026-12-06T12:00:00Z
 * </pre>
 *
 * <p>The files of nginx (48 or 80 random bytes) and HAProxy (lines of base64 of 48 or 80 bytes) are read as key
 * material: name and secret are derived from all of their bytes by HKDF. Tickets of those products do not open, and
 * ours do not open there; but whoever distributes such files already need not distribute others.
 */
public final class TicketKeyCodec {
    /** The most bytes that a file of keys may have. */
    public static final int LONGEST = 1 << 16;

    private static final byte[] FIRST_LINE = ascii("akushu ticket keys 1");
    private static final String EXPLANATION =
            "# name (16 bytes, hexadecimal)  secret (32 bytes, base64)  seals from " + " seals until  opens until";
    private static final byte[] SALT = ascii("akushu ticket key 1");
    private static final byte[] NAME = ascii("name");
    private static final byte[] SECRET = ascii("secret");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final List<Integer> FOREIGN = List.of(48, 80);

    /** Of 48 random bytes, fewer than this many are different with a probability below 2^-100. */
    private static final int LEAST_DISTINCT = 16;

    private TicketKeyCodec() {}

    /** What is wrong with a file, in a few words that hold nothing of its content. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String reason) {
            super(reason);
        }
    }

    /**
     * The keys in {@code content}, which stays the caller's to wipe.
     *
     * @param seals whether a key without times, of nginx or HAProxy, may seal: of nginx's files the first does, the others only open
     * @param hash derives the keys from files of nginx and HAProxy
     */
    public static List<TicketKey> decode(byte[] content, boolean seals, HashAlgorithm hash) throws MalformedException {
        List<byte[]> lines = lines(content);
        List<TicketKey> keys = new ArrayList<>();
        try {
            if (Arrays.equals(lines.getFirst(), FIRST_LINE)) {
                own(lines, keys);
            } else if (FOREIGN.contains(content.length)) {
                keys.add(foreign(content, "it", seals, hash));
            } else {
                ofHaproxy(lines, seals, hash, keys);
            }
            return keys;
        } catch (MalformedException malformed) {
            keys.forEach(TicketKey::retire);
            throw malformed;
        } finally {
            lines.forEach(line -> Arrays.fill(line, (byte) 0));
        }
    }

    /** The file for {@code keys}, which the caller wipes; keys that are retired are left out. */
    public static byte[] encode(List<TicketKey> keys) {
        WipedOutput out = new WipedOutput();
        try {
            out.writeBytes(FIRST_LINE);
            out.writeBytes(ascii("\n" + EXPLANATION + "\n"));
            for (TicketKey key : keys) {
                byte[] secret = key.copySecret();
                if (secret != null) {
                    encode(key, secret, out);
                }
            }
            return out.toByteArray();
        } finally {
            out.wipe();
        }
    }

    private static void encode(TicketKey key, byte[] secret, WipedOutput out) {
        byte[] coded = Base64.getEncoder().encode(secret);
        Arrays.fill(secret, (byte) 0);
        out.writeBytes(ascii(key.name().hex() + "  "));
        out.writeBytes(coded);
        Arrays.fill(coded, (byte) 0);
        out.writeBytes(ascii("  " + key.notBefore() + "  " + key.sealUntil() + "  " + key.openUntil() + "\n"));
    }

    private static void own(List<byte[]> lines, List<TicketKey> keys) throws MalformedException {
        for (int i = 1; i < lines.size(); i++) {
            byte[] line = lines.get(i);
            if (line.length != 0 && line[0] != '#') {
                keys.add(own(line, i + 1));
            }
        }
    }

    private static TicketKey own(byte[] line, int number) throws MalformedException {
        int gap = indexOfSpace(line, 0);
        int begin = gap;
        while (begin < line.length && isSpace(line[begin])) {
            begin++;
        }
        int end = indexOfSpace(line, begin);
        byte[] secret = base64(Arrays.copyOfRange(line, begin, end), number);
        List<String> times = SPACES.splitAsStream(
                        text(Arrays.copyOfRange(line, end, line.length)).strip())
                .toList();
        try {
            if (times.size() != 3) {
                throw new MalformedException("line " + number + " does not hold name, secret and three times");
            }
            byte[] name = HexFormat.of().parseHex(text(Arrays.copyOf(line, gap)));
            return new TicketKey(
                    Bytes.wrap(name),
                    secret,
                    Instant.parse(times.get(0)),
                    Instant.parse(times.get(1)),
                    Instant.parse(times.get(2)));
        } catch (DateTimeException noTime) {
            throw new MalformedException("line " + number + " holds something else where a time such as "
                    + "2026-11-28T12:00:00Z is expected");
        } catch (IllegalArgumentException noKey) {
            throw new MalformedException("line " + number
                    + " is no ticket key: name of 16 bytes, secret of 32, seals from, later until, opens no shorter");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The last line but one seals: the last is the one that every server knows before it is used. */
    private static void ofHaproxy(List<byte[]> lines, boolean seals, HashAlgorithm hash, List<TicketKey> keys)
            throws MalformedException {
        int last = lines.size();
        while (last > 0 && lines.get(last - 1).length == 0) {
            last--;
        }
        if (last == 0) {
            throw new MalformedException("it is empty");
        }
        for (int i = 0; i < last; i++) {
            byte[] material = base64(lines.get(i), i + 1);
            try {
                if (!FOREIGN.contains(material.length)) {
                    throw new MalformedException("line " + (i + 1) + " is neither \"" + text(FIRST_LINE)
                            + "\" nor base64 of 48 or 80 bytes, and the file has neither length");
                }
                keys.add(foreign(material, "line " + (i + 1), seals && i == Math.max(0, last - 2), hash));
            } finally {
                Arrays.fill(material, (byte) 0);
            }
        }
    }

    private static TicketKey foreign(byte[] material, String where, boolean seals, HashAlgorithm hash)
            throws MalformedException {
        // A file of zeros, such as a crash leaves behind, would be a key that everybody knows.
        if (IntStream.range(0, material.length).map(i -> material[i]).distinct().count() < LEAST_DISTINCT) {
            throw new MalformedException(where + " is not random");
        }
        Hkdf hkdf = new Hkdf(hash);
        byte[] extracted = hkdf.extract(SALT, material);
        byte[] secret = hkdf.expand(extracted, SECRET, TicketKey.SECRET_LENGTH);
        Bytes name = Bytes.wrap(hkdf.expand(extracted, NAME, TicketKey.NAME_LENGTH));
        Arrays.fill(extracted, (byte) 0);
        try {
            // Such files say nothing of time: a key lives as long as it is there.
            Instant sealUntil = seals ? Instant.MAX : Instant.EPOCH.plusSeconds(1);
            return new TicketKey(name, secret, Instant.EPOCH, sealUntil, Instant.MAX);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] base64(byte[] coded, int number) throws MalformedException {
        try {
            return Base64.getDecoder().decode(coded);
        } catch (IllegalArgumentException noBase64) {
            throw new MalformedException("line " + number + " holds something else where base64 is expected");
        } finally {
            Arrays.fill(coded, (byte) 0);
        }
    }

    private static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= content.length; i++) {
            if (i == content.length || content[i] == '\n') {
                int end = i > begin && content[i - 1] == '\r' ? i - 1 : i;
                lines.add(Arrays.copyOfRange(content, begin, end));
                begin = i + 1;
            }
        }
        return lines;
    }

    private static int indexOfSpace(byte[] line, int from) {
        int at = from;
        while (at < line.length && !isSpace(line[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t';
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Leaves no copies of what was written to it, but for those made when it grew. */
    private static final class WipedOutput extends ByteArrayOutputStream {
        WipedOutput() {
            super(LONGEST);
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
