package dev.akushu.fuzz;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import java.util.Arrays;
import java.util.List;

/** Every decoder of handshake messages and extensions: the input is one message with its header. */
public final class HandshakeTarget {
    private HandshakeTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        List<Field> fields = HandshakeCodec.annotate(input);
        for (Field field : fields) {
            if (field.offset() < 0 || field.length() < 0 || field.offset() + field.length() > input.length) {
                throw new AssertionError("a field lies outside of the message: " + field);
            }
        }
        HandshakeMessage message;
        try {
            message = HandshakeCodec.decode(input, 0, input.length);
        } catch (TlsException refused) {
            Faults.requireFaultOfThePeer(refused);
            return;
        }
        byte[] encoded = HandshakeCodec.encode(message);
        try {
            HandshakeMessage again = HandshakeCodec.decode(encoded, 0, encoded.length);
            if (!again.equals(message) || !Arrays.equals(encoded, HandshakeCodec.encode(again))) {
                throw new AssertionError("what was encoded decodes to something else: " + message + " and " + again);
            }
        } catch (TlsException refused) {
            throw new AssertionError("our own encoding is refused", refused);
        }
    }
}
