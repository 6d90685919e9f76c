package dev.akushu.tls.identity;

import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.util.List;

/** Trusts nobody: for a client that has pre-shared keys alone, and so asks for no certificate. */
public final class NoCertificates implements Trust {
    /** The only one. */
    public static final Trust INSTANCE = new NoCertificates();

    private NoCertificates() {}

    @Override
    public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
        throw Problem.PSK_NOT_TAKEN.with("-");
    }

    @Override
    public String scope() {
        return "no certificates";
    }
}
