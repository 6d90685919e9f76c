package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.wire.ProtocolNameList;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names of application protocols as text: each byte one character, so that any name a peer sends has exactly one text. RFC 7301. */
public final class Alpn {
    private Alpn() {}

    /** The extension that offers {@code names}. */
    public static ProtocolNameList offer(List<String> names) {
        return new ProtocolNameList(names.stream().map(Alpn::bytes).toList());
    }

    /** The names in the extension. */
    public static List<String> names(ProtocolNameList offer) {
        return offer.protocolNameList().stream().map(Alpn::name).toList();
    }

    /** The name's bytes. */
    public static Bytes bytes(String name) {
        return Bytes.wrap(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The bytes' name. */
    public static String name(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}
