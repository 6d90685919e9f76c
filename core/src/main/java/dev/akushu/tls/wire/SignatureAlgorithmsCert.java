package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * signature_algorithms_cert: the schemes that the sender accepts in certificates. RFC 9846 section 4.3.3.
 *
 * @param supportedSignatureAlgorithms the schemes
 */
public record SignatureAlgorithmsCert(List<SignatureScheme> supportedSignatureAlgorithms) implements Extension {
    /** Takes a copy of the list. */
    public SignatureAlgorithmsCert {
        supportedSignatureAlgorithms = List.copyOf(supportedSignatureAlgorithms);
    }

    static SignatureAlgorithmsCert decode(WireReader in) throws TlsException {
        return new SignatureAlgorithmsCert(SignatureSchemeList.decode(in));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SIGNATURE_ALGORITHMS_CERT;
    }

    @Override
    public void encode(WireWriter out) {
        SignatureSchemeList.encode(supportedSignatureAlgorithms, out);
    }
}
