package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Protection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Draws what passes the wire: client on the left, server on the right, an arrow, the length, and whose keys protect it. */
final class Arrow {
    private static final int MARGIN = 2;
    private static final int SHORTEST = 24;

    private final Look look;
    private final Page page;
    private final Explainer explainer;
    private final int lengthWidth;
    private final int tagWidth;
    private final int lineWidth;

    Arrow(Look look, Page page, Explainer explainer) {
        this.look = look;
        this.page = page;
        this.explainer = explainer;
        this.tagWidth = Arrays.stream(Protection.values())
                .mapToInt(protection -> Columns.of(tag(protection)))
                .max()
                .orElse(0);
        int roles = Columns.of(explainer.role(Role.CLIENT)) + Columns.of(explainer.role(Role.SERVER)) + 2;
        int room = look.width() - MARGIN - roles;
        int widestLength = Columns.of(explainer.bytes(99_999));
        boolean roomForLengths = room - (widestLength + MARGIN) - (tagWidth + MARGIN) >= SHORTEST;
        this.lengthWidth = roomForLengths ? widestLength : 0;
        int lengths = roomForLengths ? widestLength + MARGIN : 0;
        this.lineWidth = Math.max(SHORTEST, room - lengths - (tagWidth + MARGIN));
    }

    /** {@code what} on its way from {@code sender}, {@code length} bytes of it; a length below zero is not shown. */
    void draw(Role sender, String what, int length, @Nullable Protection protection) {
        Ink ink = protection == null ? Ink.HEADING : Ink.of(protection);
        String shaft = shaft(sender, Printable.of(what));
        String line = " ".repeat(MARGIN)
                + explainer.role(Role.CLIENT)
                + " "
                + page.paint(ink, shaft)
                + " "
                + explainer.role(Role.SERVER)
                + lengthColumn(length);
        if (protection == null) {
            page.line(line.stripTrailing());
            return;
        }
        String tag = page.paint(ink, tag(protection));
        if (Columns.of(shaft) > lineWidth) {
            page.line(line.stripTrailing());
            page.line(" ".repeat(2 * MARGIN) + tag);
            return;
        }
        page.line(line + " ".repeat(MARGIN) + tag);
    }

    private String lengthColumn(int length) {
        if (lengthWidth == 0) {
            return "";
        }
        String bytes = Columns.padLeft(length < 0 ? "" : explainer.bytes(length), lengthWidth);
        return " ".repeat(MARGIN) + (length < 0 ? bytes : page.paint(Ink.QUIET, bytes));
    }

    private String shaft(Role sender, String name) {
        int room = lineWidth - Columns.of(name) - 3;
        int tail = room < 4 ? 1 : 2;
        String end = dashes(tail);
        String body = dashes(Math.max(1, room - tail));
        String head = look.unicode() ? (sender == Role.CLIENT ? "▶" : "◀") : sender == Role.CLIENT ? ">" : "<";
        return sender == Role.CLIENT ? end + " " + name + " " + body + head : head + body + " " + name + " " + end;
    }

    private String dashes(int count) {
        return (look.unicode() ? "─" : "-").repeat(count);
    }

    private String tag(Protection protection) {
        return "[" + explainer.protection(protection) + "]";
    }
}
