package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.OwnProof;
import dev.akushu.tls.engine.Paused;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HandshakeCodec;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The client's answer to a request for its certificate that comes after the handshake. RFC 9846 section 4.7.2. */
final class LateAuthentication {
    private final TlsClient config;
    private final Transcript transcript;
    private final Bytes context;
    private final IdentityRequest asked;
    private final State next;

    /**
     * An answer to be given.
     *
     * @param handshake the messages up to the client's Finished; it is copied
     * @param next where the connection stands once it is given
     */
    LateAuthentication(
            TlsClient config,
            Transcript handshake,
            Received received,
            CertificateRequest request,
            IdentityRequest asked,
            State next) {
        this.config = config;
        this.transcript = handshake.fork();
        this.context = request.context();
        this.asked = asked;
        this.next = next;
        transcript.add(received.bytes());
    }

    State answer(Output out) throws TlsException {
        IdentitySource identities = config.identities().orElse(null);
        if (identities == null) {
            return decline(out);
        }
        return Paused.on(
                Work.Kind.CHOOSE_IDENTITY,
                ClientStep.CONNECTED,
                () -> CompletableFuture.completedFuture(identities.choose(asked.wish())),
                (chosen, to) -> chosen.isEmpty() ? decline(to) : show(chosen.get(), to),
                next::forget);
    }

    /** RFC 9846 4.7.2: who declines sends a Certificate without certificates, and Finished. */
    private State decline(Output out) throws TlsException {
        out.event(() -> TraceEvent.IdentityChosen.none(asked.wish().schemes()));
        Certificate none = OwnProof.certificate(context, List.of());
        transcript.add(HandshakeCodec.encode(none));
        byte[] hash = transcript.hash();
        out.sendLate(finished -> List.of(none, new Finished(Bytes.wrap(finished.apply(hash)))));
        return next;
    }

    private State show(Identity identity, Output out) throws TlsException {
        SignatureScheme scheme = OwnProof.scheme(identity, asked.wish().schemes(), config.capabilities());
        if (scheme == null || !asked.wish().takes(identity)) {
            return decline(out);
        }
        out.event(() -> TraceEvent.IdentityChosen.of(Role.CLIENT, identity, scheme, asked.wish()));
        Certificate certificate = OwnProof.certificate(context, identity, asked.extensions());
        transcript.add(HandshakeCodec.encode(certificate));
        return OwnProof.sign(
                Role.CLIENT,
                identity,
                scheme,
                transcript.hash(),
                ClientStep.CONNECTED,
                (proof, to) -> proved(certificate, proof, identity, to),
                next::forget);
    }

    private State proved(Certificate certificate, CertificateVerify proof, Identity identity, Output out)
            throws TlsException {
        out.learned(known -> known.withLocalCertificates(identity.chain()));
        transcript.add(HandshakeCodec.encode(proof));
        byte[] hash = transcript.hash();
        out.sendLate(finished -> List.of(certificate, proof, new Finished(Bytes.wrap(finished.apply(hash)))));
        return next;
    }
}
