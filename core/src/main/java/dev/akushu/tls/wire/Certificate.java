package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * Certificate: the sender's chain, its own certificate first. RFC 9846 section 4.5.1.
 *
 * @param context certificate_request_context of the request that this answers; empty from a server
 * @param entries certificate_list; empty if a client has nothing to show
 */
public record Certificate(Bytes context, List<CertificateEntry> entries) implements HandshakeMessage {
    /** Takes a copy of the list. */
    public Certificate {
        entries = List.copyOf(entries);
    }

    static Certificate decode(WireReader in) throws TlsException {
        return new Certificate(
                in.vector8("certificate_request_context", 0, 0xff),
                in.list("certificate_list", 3, 0, 0xffffff, CertificateEntry::decode));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE;
    }

    @Override
    public void encode(WireWriter out) {
        out.vector8("certificate_request_context", context);
        out.list("certificate_list", 3, entries, (to, entry) -> entry.encode(to));
    }
}
