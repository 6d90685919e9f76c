package dev.akushu.lab.record;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;

/**
 * A TLS record as it passed the path, whatever is inside.
 *
 * @param sender who sent it
 * @param number its place among the sender's records, from 0
 * @param nanos when, counted from the beginning of the connection
 * @param bytes all of it, header included, as it left the sender
 * @param altered as it reached the other end, if somebody on the path changed it; otherwise the same bytes
 */
public record WireRecord(Role sender, int number, long nanos, Bytes bytes, Bytes altered) {
    /** Whether somebody on the path changed it. */
    public boolean isAltered() {
        return !bytes.equals(altered);
    }
}
