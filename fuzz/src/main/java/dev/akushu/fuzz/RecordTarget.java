package dev.akushu.fuzz;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.record.HandshakeJoiner;
import dev.akushu.tls.record.RecordOpener;

/** Records as they come over the wire, in the clear, and the messages inside of them. */
public final class RecordTarget {
    private RecordTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        RecordOpener opener = new RecordOpener();
        HandshakeJoiner joiner = new HandshakeJoiner();
        byte[] target = new byte[1 << 15];
        int at = 0;
        try {
            while (true) {
                int length = opener.recordLength(input, at, input.length - at);
                if (length == RecordOpener.NEED_MORE) {
                    return;
                }
                if (length < 5 || length > input.length - at) {
                    throw new AssertionError("a record of " + length + " octets");
                }
                if (opener.open(input, at, length, target, 0) && opener.contentLength() > 0) {
                    joiner.add(target, 0, opener.contentLength());
                    while (joiner.next() != null) {
                        // What matters is that there is an end.
                    }
                }
                at += length;
            }
        } catch (TlsException refused) {
            Faults.requireFaultOfThePeer(refused);
        }
    }
}
