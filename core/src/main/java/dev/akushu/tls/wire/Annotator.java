package dev.akushu.tls.wire;

import dev.akushu.tls.trace.Field;
import java.util.List;

/** Collects what each byte of a message means while it is decoded. A field that holds others comes before them, at a smaller depth. */
public final class Annotator {
    private final List<Field> fields;
    private final int depth;

    private Annotator(List<Field> fields, int depth) {
        this.fields = fields;
        this.depth = depth;
    }

    /** Collects into {@code fields}. */
    public static Annotator into(List<Field> fields) {
        return new Annotator(fields, 0);
    }

    void field(String name, int offset, int length, String meaning) {
        fields.add(new Field(depth, name, offset, length, meaning));
    }

    Annotator deeper() {
        return new Annotator(fields, depth + 1);
    }
}
