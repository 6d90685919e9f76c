package dev.akushu.bench.record;

import dev.akushu.bench.stack.Shaker.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Seals records at one end and opens them at the other. */
interface Lane {
    /** Sends all of {@code plain}. */
    void seal(ByteBuffer plain, ByteBuffer wire) throws IOException;

    /** Takes one record. */
    void open(ByteBuffer wire, ByteBuffer plain) throws IOException;

    /** Makes one with keys of its own. */
    interface Source {
        /** Another one. */
        Lane lane() throws IOException, GeneralSecurityException;
    }

    /** From the client of a connection to its server. */
    static Lane of(Pair pair) {
        return new Lane() {
            @Override
            public void seal(ByteBuffer plain, ByteBuffer wire) throws IOException {
                pair.client().seal(plain, wire);
            }

            @Override
            public void open(ByteBuffer wire, ByteBuffer plain) throws IOException {
                pair.server().open(wire, plain);
            }
        };
    }
}
