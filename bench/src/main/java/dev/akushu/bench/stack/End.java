package dev.akushu.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One end of a connection. */
public interface End {
    /**
     * Goes on with the handshake, the tickets or the end until the other one has to; whether there was anything to do.
     *
     * @param in what has come, from the beginning to the position; compacted
     * @param out receives what there is to send
     * @param scratch room for the content of a record
     */
    boolean turn(ByteBuffer in, ByteBuffer out, ByteBuffer scratch) throws IOException;

    /** Whether the handshake is done. */
    boolean isEstablished();

    /** Sends all of {@code plain} to {@code wire}: in one record if it is no longer than a record may be, and if the stack does not split it all the same. */
    void seal(ByteBuffer plain, ByteBuffer wire) throws IOException;

    /** Takes a record from {@code wire}, whose data goes to {@code plain}. */
    void open(ByteBuffer wire, ByteBuffer plain) throws IOException;

    /** Does what a program does with a connection that will be idle for long. */
    default void rest() {}

    /** Sends close_notify at the next turn. */
    void closeOutput() throws IOException;

    /** Frees what the collector does not. */
    default void release() throws IOException {}
}
