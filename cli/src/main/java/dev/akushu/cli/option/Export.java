package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keying material that both ends of a connection can make and nobody else, with an empty context.
 *
 * @param label 1 to 249 characters of ASCII, no colon among them
 * @param length in bytes
 * @param early whether it is by the early exporter, which is there with early data alone
 */
public record Export(String label, int length, boolean early) {
    private static final Pattern FORM = Pattern.compile("([ -9;-~]{1,249})(?::([0-9]{1,5}))?");
    private static final String USUAL_LENGTH = "32";

    /** What HKDF-Expand gives at most with the shortest hash, SHA-256. RFC 5869 section 2.3. */
    private static final int LONGEST = 255 * 32;

    /** The export that {@code text} says: a label, and how many bytes if not 32. */
    static Export of(String text, boolean early, String option, Words words) throws CommandFailure {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw words.misuse("bad_export", option, text, LONGEST);
        }
        int length = Integer.parseInt(matcher.group(2) == null ? USUAL_LENGTH : matcher.group(2));
        if (length < 1 || length > LONGEST) {
            throw words.misuse("bad_export", option, text, LONGEST);
        }
        return new Export(matcher.group(1), length, early);
    }

    /** What {@code connection} gives. */
    Bytes material(TlsConnection connection) throws TlsException {
        byte[] context = new byte[0];
        return Bytes.wrap(
                early
                        ? connection.exportEarlyKeyingMaterial(label, context, length)
                        : connection.exportKeyingMaterial(label, context, length));
    }
}
