package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * padding in a ClientHello: bytes that say nothing but bring the message to a length. RFC 7685.
 *
 * @param padding zeros; a client that sends others only breaks a rule that no server is asked to check
 */
public record Padding(Bytes padding) implements Extension {
    /** {@code length} zeros. */
    public static Padding ofLength(int length) {
        return new Padding(Bytes.wrap(new byte[length]));
    }

    static Padding decode(WireReader in) throws TlsException {
        return new Padding(in.rest("padding"));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.PADDING;
    }

    @Override
    public void encode(WireWriter out) {
        out.fixed("padding", padding);
    }
}
