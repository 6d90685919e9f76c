package dev.akushu.tls.identity;

import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.util.List;

/** Accepts every certificate that can be read, whoever shows it. For experiments only. */
public enum AcceptAnyCertificate implements Trust {
    /** The only one. */
    INSTANCE;

    @Override
    public String scope() {
        return "danger-accept-any-certificate";
    }

    @Override
    public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
        String subject = CertificateReader.of(peer.certificates().getFirst()).subjectText();
        return List.of(new CertificateCheck(CertificateCheck.Kind.DANGER_NOT_CHECKED, subject, ""));
    }
}
