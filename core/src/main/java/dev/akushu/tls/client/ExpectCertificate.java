package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.engine.CertificatePacking;
import dev.akushu.tls.engine.Claimant;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateStatus;
import dev.akushu.tls.wire.SignedCertificateTimestamps;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The server shows who it says it is; that alone proves nothing yet. RFC 9846 section 4.5.1. */
final class ExpectCertificate implements ClientState {
    private final ClientProgress progress;
    private final @Nullable String applicationProtocol;
    private final @Nullable IdentityRequest request;

    /**
     * Before the server's certificate.
     *
     * @param request for a certificate of the client; null if none was asked for
     */
    ExpectCertificate(
            ClientProgress progress, @Nullable String applicationProtocol, @Nullable IdentityRequest request) {
        this.progress = progress;
        this.applicationProtocol = applicationProtocol;
        this.request = request;
    }

    @Override
    public ClientStep step() {
        return ClientStep.EXPECT_CERTIFICATE;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        Certificate certificate = CertificatePacking.received(
                received.message(), progress.config().certificateCompressions(), out);
        if (!certificate.context().isEmpty()) {
            throw Problem.WRONG_CERTIFICATE_CONTEXT.with(certificate.context(), "-");
        }
        List<CertificateEntry> entries = certificate.entries();
        if (entries.isEmpty()) {
            throw Problem.EMPTY_SERVER_CERTIFICATE.with();
        }
        for (CertificateEntry entry : entries) {
            progress.offer().requireSolicited(entry.extensions(), "Certificate", Set.of());
        }
        progress.transcript().add(received.bytes());
        Claimant claimant = claimant(entries, out);
        return new ExpectCertificateVerify(progress, applicationProtocol, request, claimant, claimant.key());
    }

    private Claimant claimant(List<CertificateEntry> entries, Output out) throws TlsException {
        String expectedName = progress.setting().expectedName();
        if (progress.types().server().equals(CertificateType.RAW_PUBLIC_KEY)) {
            return Claimant.Raw.of(progress.config().rawServerKeys().orElseThrow(), Role.SERVER, entries, expectedName);
        }
        List<Bytes> chain = entries.stream().map(CertificateEntry::data).toList();
        CertificateStatus status = entries.getFirst().extensions().find(CertificateStatus.class);
        Bytes ocspResponse = status == null ? null : status.ocspResponse();
        List<Bytes> timestamps =
                SignedCertificateTimestamps.in(entries.getFirst().extensions());
        Claimant claimant = new Claimant.Certified(
                progress.config().trust(),
                new Trust.PeerChain(
                        Role.SERVER,
                        chain,
                        expectedName,
                        ocspResponse,
                        timestamps,
                        progress.config().capabilities().certificateSchemes()));
        out.learned(known -> known.withPeerCertificates(claimant.chain(), ocspResponse, timestamps));
        return claimant;
    }
}
