package dev.akushu.tls.wire;

import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.util.List;

/** The structure that signature_algorithms and signature_algorithms_cert share. RFC 9846 section 4.3.3. */
final class SignatureSchemeList {
    private static final String FIELD = "supported_signature_algorithms";

    private SignatureSchemeList() {}

    static List<SignatureScheme> decode(WireReader in) throws TlsException {
        return in.codes(FIELD, 2, 2, 0xfffe, "SignatureScheme", SignatureScheme::of);
    }

    static void encode(List<SignatureScheme> schemes, WireWriter out) {
        out.list(FIELD, 2, schemes, (to, scheme) -> to.u16("SignatureScheme", scheme.code()));
    }
}
