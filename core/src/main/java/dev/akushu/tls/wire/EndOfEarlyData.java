package dev.akushu.tls.wire;

import dev.akushu.tls.HandshakeType;

/** EndOfEarlyData: the client has sent all its early data. An empty message. RFC 9846 section 4.6. */
public record EndOfEarlyData() implements HandshakeMessage {
    @Override
    public HandshakeType type() {
        return HandshakeType.END_OF_EARLY_DATA;
    }

    @Override
    public void encode(WireWriter out) {
        // RFC 9846 4.6: struct {} EndOfEarlyData.
    }
}
