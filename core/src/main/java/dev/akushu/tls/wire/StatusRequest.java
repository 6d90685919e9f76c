package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * status_request in a ClientHello: the client would like an OCSP response with the certificate. RFC 6066 section 8.
 *
 * @param responderIds the responders that the client trusts, in DER; empty where server and client know them anyway
 * @param requestExtensions extensions of the OCSP request, in DER; mostly empty
 */
public record StatusRequest(List<Bytes> responderIds, Bytes requestExtensions) implements Extension {
    /** Takes a copy of the list. */
    public StatusRequest {
        responderIds = List.copyOf(responderIds);
    }

    /**
     * A {@link StatusRequest}; but unread if it asks for another kind of status, of which only the sender knows the
     * form.
     */
    static Extension decode(WireReader in) throws TlsException {
        if (!in.ahead().u8("status_type", CertificateStatusType::new).isOcsp()) {
            return new UnknownExtension(ExtensionType.STATUS_REQUEST, in.rest("CertificateStatusRequest"));
        }
        in.u8("status_type", CertificateStatusType::new);
        return new StatusRequest(
                in.list("responder_id_list", 2, 0, 0xffff, one -> one.vector16("ResponderID", 1, 0xffff)),
                in.vector16("request_extensions", 0, 0xffff));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.STATUS_REQUEST;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8("status_type", CertificateStatusType.OCSP);
        out.list("responder_id_list", 2, responderIds, (to, id) -> to.vector16("ResponderID", id));
        out.vector16("request_extensions", requestExtensions);
    }
}
