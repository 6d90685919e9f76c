package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Capabilities;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.engine.CertificatePacking;
import dev.akushu.tls.engine.Grease;
import dev.akushu.tls.engine.LateRequests;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.CertificateAuthorities;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.CompressCertificate;
import dev.akushu.tls.wire.EmptyStatusRequest;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.OidFilters;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SignatureAlgorithmsCert;
import dev.akushu.tls.wire.SignedCertificateTimestampRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The server's requests for a certificate of the client: the one in the handshake, and those after it with their answers outstanding. RFC 9846 sections 4.4.2 and 4.7.2. */
final class ClientCertificateRequests implements LateRequests {
    /** How many answers may be outstanding: each costs a copy of the transcript's state. */
    private static final int MOST_OUTSTANDING = 16;

    private static final int CONTEXT_LENGTH = 16;

    private final TlsServer config;
    private final Transcript handshake;
    private final Map<Bytes, Outstanding> outstanding = new HashMap<>();
    // Whose answer is being taken; it is done by the time the next one begins.
    private @Nullable Outstanding current;
    private @Nullable TlsException ended;

    /**
     * None yet.
     *
     * @param handshake up to the client's Finished; it is copied
     */
    ClientCertificateRequests(TlsServer config, Transcript handshake) {
        this.config = config;
        this.handshake = handshake.fork();
    }

    /** The request in the handshake, or with a {@code context} after it. */
    static CertificateRequest request(TlsServer config, Bytes context) {
        Capabilities capabilities = config.capabilities();
        List<Extension> extensions = new ArrayList<>();
        extensions.add(new SignatureAlgorithms(capabilities.signatureSchemes()));
        if (!capabilities.certificateSchemes().equals(capabilities.signatureSchemes())) {
            extensions.add(new SignatureAlgorithmsCert(capabilities.certificateSchemes()));
        }
        if (!config.clientCertificateFilters().isEmpty()) {
            extensions.add(new OidFilters(config.clientCertificateFilters()));
        }
        if (wantsOcspResponse(config)) {
            extensions.add(new EmptyStatusRequest());
        }
        if (config.clientCertificateTimestamps()) {
            extensions.add(new SignedCertificateTimestampRequest());
        }
        List<Bytes> authorities = config.clientTrust().map(Trust::authorities).orElse(List.of());
        if (!authorities.isEmpty()) {
            extensions.add(new CertificateAuthorities(authorities));
        }
        CompressCertificate compressions = CertificatePacking.offer(config.certificateCompressions());
        // After the handshake a certificate comes as it is: that is rare, and not worth a second form of it.
        if (compressions != null && context.isEmpty()) {
            extensions.add(compressions);
        }
        // RFC 8701 4.1: a client ignores it.
        if (config.grease()) {
            extensions.add(Grease.extension(config.crypto().random()));
        }
        return new CertificateRequest(context, Extensions.of(extensions));
    }

    /** Whether clients are asked for an OCSP response beside their certificate. */
    static boolean wantsOcspResponse(TlsServer config) {
        return config.clientTrust()
                .map(trust -> trust.wantsOcspResponse(Role.CLIENT))
                .orElse(false);
    }

    @Override
    public synchronized CertificateRequest next(CompletableFuture<List<Bytes>> answer) throws TlsException {
        if (ended != null) {
            throw ended;
        }
        if (outstanding.size() >= MOST_OUTSTANDING) {
            throw new IllegalStateException(MOST_OUTSTANDING + " requests for the client's certificate are unanswered");
        }
        // RFC 9846 4.4.2: unique on this connection, and unpredictable, so that no proof can be made in advance.
        byte[] random = new byte[CONTEXT_LENGTH];
        config.crypto().random().nextBytes(random);
        CertificateRequest request = request(config, Bytes.wrap(random));
        Transcript transcript = handshake.fork();
        transcript.add(HandshakeCodec.encode(request));
        outstanding.put(request.context(), new Outstanding(transcript, answer));
        return request;
    }

    /** Whether an answer may come. */
    synchronized boolean areOutstanding() {
        return !outstanding.isEmpty();
    }

    /** The request with {@code context}, which is answered by this; throws if there is none, or it was answered before. */
    synchronized Outstanding answered(Bytes context) throws TlsException {
        Outstanding request = outstanding.remove(context);
        if (request == null) {
            throw Problem.WRONG_CERTIFICATE_CONTEXT.with(context, List.copyOf(outstanding.keySet()));
        }
        current = request;
        return request;
    }

    @Override
    public void fail(TlsException reason) {
        List<Outstanding> unanswered;
        synchronized (this) {
            ended = reason;
            unanswered = new ArrayList<>(outstanding.values());
            if (current != null) {
                unanswered.add(current);
            }
            outstanding.clear();
        }
        // The application goes on from here, so not under the lock.
        unanswered.forEach(request -> request.answer().completeExceptionally(reason));
    }

    /**
     * A request without an answer.
     *
     * @param transcript the handshake and the request
     * @param answer to be completed with the client's chain
     */
    record Outstanding(Transcript transcript, CompletableFuture<List<Bytes>> answer) {}
}
