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

    /** One line: {@code what} on its way from {@code sender}, {@code length} bytes of it; a length below zero is not shown. */
    void draw(Role sender, String what, int length, @Nullable Protection protection) {
        String name = Printable.of(what);
        String shaft = sender == Role.CLIENT ? toServer(name) : toClient(name);
        Ink ink = protection == null ? Ink.HEADING : Ink.of(protection);
        StringBuilder line = new StringBuilder(" ".repeat(MARGIN))
                .append(explainer.role(Role.CLIENT))
                .append(' ')
                .append(page.paint(ink, shaft))
                .append(' ')
                .append(explainer.role(Role.SERVER));
        if (lengthWidth > 0) {
            String bytes = length < 0 ? "" : explainer.bytes(length);
            line.append(" ".repeat(MARGIN)).append(page.paint(Ink.QUIET, Columns.padLeft(bytes, lengthWidth)));
        }
        if (protection != null) {
            line.append(" ".repeat(MARGIN)).append(page.paint(ink, tag(protection)));
        }
        page.line(line.toString().stripTrailing());
    }

    private String toServer(String name) {
        int rest = Math.max(2, lineWidth - Columns.of(name) - 5);
        return dashes(2) + " " + name + " " + dashes(rest) + (look.unicode() ? "▶" : ">");
    }

    private String toClient(String name) {
        int rest = Math.max(2, lineWidth - Columns.of(name) - 5);
        return (look.unicode() ? "◀" : "<") + dashes(rest) + " " + name + " " + dashes(2);
    }

    private String dashes(int count) {
        return (look.unicode() ? "─" : "-").repeat(count);
    }

    private String tag(Protection protection) {
        return "[" + explainer.protection(protection) + "]";
    }
}
