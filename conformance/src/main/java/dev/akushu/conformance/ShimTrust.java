package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decides about the peer as the flags say. The runner tests the protocol, not the path: its certificates have an empty
 * subject and a subjectAltName that is not critical, which no verifier of paths has to accept.
 *
 * @param options of the connection
 * @param present of what is left of it when a verdict is asked for
 */
record ShimTrust(Options options, Supplier<Options> present) implements Trust {
    @Override
    public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
        return verify(peer, present.get());
    }

    private static List<CertificateCheck> verify(PeerChain peer, Options options) throws TlsException {
        boolean mustBeGood = options.has(Flag.VERIFY_PEER) || options.has(Flag.REQUIRE_ANY_CLIENT_CERTIFICATE);
        if (options.has(Flag.VERIFY_FAIL) && mustBeGood) {
            throw Problem.CERTIFICATE_REFUSED.with("-", "the flag " + Flag.VERIFY_FAIL);
        }
        if (options.has(Flag.FAIL_OCSP_CALLBACK) && peer.peer() == Role.SERVER) {
            throw Problem.OCSP_RESPONSE_UNUSABLE.with("-", "the flag " + Flag.FAIL_OCSP_CALLBACK);
        }
        return List.of();
    }

    @Override
    public List<Bytes> authorities() {
        return options.text(Flag.USE_CLIENT_CA_LIST).map(Names::parse).orElse(List.of());
    }

    @Override
    public boolean wantsOcspResponse(Role peer) {
        return peer == Role.SERVER && options.has(Flag.ENABLE_OCSP_STAPLING);
    }

    @Override
    public String scope() {
        return "shim";
    }
}
