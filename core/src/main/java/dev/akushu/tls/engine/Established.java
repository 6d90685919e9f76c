package dev.akushu.tls.engine;

import dev.akushu.tls.TlsSession;
import dev.akushu.tls.schedule.ExporterSecret;

/**
 * What a finished handshake leaves behind. It takes both proofs to make one, and without one no application data flows.
 *
 * @param session the facts
 * @param exporter for keying material of the application
 * @param peer proof that the peer is who the configuration demands
 * @param finished proof that the peer saw the same handshake
 */
public record Established(
        TlsSession session, ExporterSecret exporter, PeerAuthenticated peer, FinishedVerified finished) {}
