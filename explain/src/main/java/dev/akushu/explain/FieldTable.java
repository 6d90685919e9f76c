package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.Field;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows a message byte by byte: where, which bytes, what they are called, what they mean. */
final class FieldTable {
    private static final int SHOWN = 8;
    private static final int INDENT = 4;
    private static final int BYTES_WIDTH = 3 * SHOWN + 1;

    /** How the decoder words the meaning of a vector that has no better one. */
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9}) bytes");

    private final Look look;
    private final Page page;
    private final Explainer explainer;

    FieldTable(Look look, Page page, Explainer explainer) {
        this.look = look;
        this.page = page;
        this.explainer = explainer;
    }

    void draw(Bytes message, List<Field> fields) {
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean holdsNext = i + 1 < fields.size() && fields.get(i + 1).depth() > field.depth();
            // What lies in the fields below is shown there; of the one that holds them only its length prefix is left.
            int own = holdsNext ? fields.get(i + 1).offset() - field.offset() : field.length();
            row(field, message.slice(field.offset(), own));
        }
    }

    private void row(Field field, Bytes own) {
        String offset = String.format(Locale.ROOT, "%04x", field.offset());
        String left = " ".repeat(INDENT) + offset + "  " + Columns.padRight(hex(own), BYTES_WIDTH) + "  ";
        String indent = "  ".repeat(field.depth());
        int column = Columns.of(left) + indent.length();
        int room = Math.max(SHOWN, look.width() - column);
        String text = field.name() + "  " + meaning(field, own);
        List<String> lines = Paragraph.lines(Printable.of(text.strip()), room);
        page.line(page.paint(Ink.QUIET, left) + indent + lines.getFirst());
        lines.stream().skip(1).forEach(line -> page.line(" ".repeat(column) + line));
    }

    private String hex(Bytes bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length(), SHOWN); i++) {
            text.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%02x", bytes.at(i)));
        }
        return bytes.length() <= SHOWN
                ? text.toString()
                : text.append(look.unicode() ? " …" : " .").toString();
    }

    /** The field's meaning; a number of bytes in the language of the story, and where nothing else is known that as well. */
    private String meaning(Field field, Bytes own) {
        Matcher length = LENGTH.matcher(field.meaning());
        if (length.matches()) {
            return explainer.bytes(Long.parseLong(length.group(1)));
        }
        boolean elided = own.length() > SHOWN && field.meaning().isEmpty();
        return elided ? explainer.bytes(own.length()) : field.meaning();
    }
}
