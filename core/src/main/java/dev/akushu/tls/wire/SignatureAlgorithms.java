package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * signature_algorithms: the schemes that the sender accepts in CertificateVerify, the most preferred first; in
 * certificates too unless {@link SignatureAlgorithmsCert} says otherwise. RFC 9846 section 4.3.3.
 *
 * @param supportedSignatureAlgorithms the schemes
 */
public record SignatureAlgorithms(List<SignatureScheme> supportedSignatureAlgorithms) implements Extension {
    /** Takes a copy of the list. */
    public SignatureAlgorithms {
        supportedSignatureAlgorithms = List.copyOf(supportedSignatureAlgorithms);
    }

    static SignatureAlgorithms decode(WireReader in) throws TlsException {
        return new SignatureAlgorithms(SignatureSchemeList.decode(in));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SIGNATURE_ALGORITHMS;
    }

    @Override
    public void encode(WireWriter out) {
        SignatureSchemeList.encode(supportedSignatureAlgorithms, out);
    }
}
