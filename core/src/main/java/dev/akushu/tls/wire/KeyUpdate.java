package dev.akushu.tls.wire;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.Locale;

/**
 * KeyUpdate: the sender changes its sending keys. RFC 9846 section 4.7.3.
 *
 * @param updateRequested whether the receiver must do the same
 */
public record KeyUpdate(boolean updateRequested) implements HandshakeMessage {
    static KeyUpdate decode(WireReader in) throws TlsException {
        KeyUpdateRequest request = in.u8("request_update", KeyUpdateRequest::new);
        // RFC 9846 4.7.3: any other value MUST terminate the connection with an illegal_parameter alert.
        if (request.code() > 1) {
            throw Problem.ILLEGAL_VALUE.with("request_update", request.code(), "must be 0 or 1");
        }
        return new KeyUpdate(request.code() == 1);
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.KEY_UPDATE;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8("request_update", updateRequested ? 1 : 0);
    }

    private record KeyUpdateRequest(int code) {
        @Override
        public String toString() {
            return switch (code) {
                case 0 -> "update_not_requested";
                case 1 -> "update_requested";
                default -> String.format(Locale.ROOT, "0x%02x", code);
            };
        }
    }
}
