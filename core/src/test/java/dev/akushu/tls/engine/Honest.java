package dev.akushu.tls.engine;

import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import java.util.List;
import java.util.Objects;

/** What honest ends say, taken off the wire. */
final class Honest {
    private Honest() {}

    /** The next message for {@code receiver}, which must be there. */
    static byte[] next(Talk talk, Role receiver) {
        return Objects.requireNonNull(talk.intercept(receiver), "nothing is on its way");
    }

    /** As {@link #next}, decoded; it must be of this kind. */
    static <M extends HandshakeMessage> M next(Talk talk, Role receiver, Class<M> kind) throws TlsException {
        byte[] bytes = next(talk, receiver);
        return kind.cast(HandshakeCodec.decode(bytes, 0, bytes.length));
    }

    /** The shares in a ClientHello. */
    static List<KeyShareEntry> shares(Extensions extensions) {
        return Objects.requireNonNull(extensions.find(KeyShareClientHello.class))
                .clientShares();
    }

    /** What the server of {@code talk} answers to {@code hello}. */
    static HandshakeMessage answer(Talk talk, ClientHello hello) throws TlsException {
        talk.give(Role.SERVER, HandshakeCodec.encode(hello));
        return next(talk, Role.CLIENT, HandshakeMessage.class);
    }
}
