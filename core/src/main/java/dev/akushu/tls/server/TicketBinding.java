package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.resume.OpenedTicket;
import dev.akushu.tls.resume.TicketProtector;
import dev.akushu.tls.wire.SignatureAlgorithmsCert;
import dev.akushu.tls.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a server's tickets are bound to besides their key: its scope, and for a client that showed a certificate or a public key the
 * trust that accepted it, and what was asked of a certificate. A resumption asks no trust; so a client that one set of roots knows must not get in by its
 * ticket where another set decides, nor by a chain that another policy accepted, even if the servers share their keys.
 */
final class TicketBinding {
    private TicketBinding() {}

    /** Who a ticket is for, by what its client showed. */
    private enum Kind {
        ANONYMOUS(0),
        CERTIFIED(1),
        RAW_KEY(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** Seals the tickets of a client like that of {@code session}. */
    static TicketProtector sealing(TlsServer config, TlsSession session) {
        if (session.rawPublicKey() != null) {
            return protector(config, Kind.RAW_KEY);
        }
        return protector(config, session.peerCertificates().isEmpty() ? Kind.ANONYMOUS : Kind.CERTIFIED);
    }

    /** Opens a ticket of any kind that this server could have sealed. */
    static OpenedTicket open(TlsServer config, Bytes ticket, Instant now) {
        OpenedTicket opened = protector(config, Kind.ANONYMOUS).open(ticket, now);
        if (config.clientAuthentication() == ClientAuthentication.NONE) {
            return opened;
        }
        if (config.clientTrust().isPresent() && isSealedOtherwise(opened)) {
            opened = protector(config, Kind.CERTIFIED).open(ticket, now);
        }
        if (config.rawClientKeys().isPresent() && isSealedOtherwise(opened)) {
            opened = protector(config, Kind.RAW_KEY).open(ticket, now);
        }
        return opened;
    }

    private static boolean isSealedOtherwise(OpenedTicket opened) {
        return opened instanceof OpenedTicket.Unopened unopened && unopened.reason() == NotResumed.TICKET_UNREADABLE;
    }

    private static TicketProtector protector(TlsServer config, Kind kind) {
        WireWriter binding = new WireWriter();
        binding.u8("kind", kind.code);
        binding.vector16("scope", utf8(config.ticketScope()));
        switch (kind) {
            case ANONYMOUS -> {}
            case CERTIFIED -> {
                binding.vector16("trust", utf8(config.clientTrustScope()));
                // What the client was told that signatures inside its chain may be by.
                new SignatureAlgorithmsCert(config.capabilities().certificateSchemes()).encode(binding);
                for (OidFilter filter : config.clientCertificateFilters()) {
                    binding.vector8("filter", filter.certificateExtensionOid());
                    binding.vector16("value", filter.certificateExtensionValues());
                }
            }
            case RAW_KEY -> binding.vector16("trust", utf8(config.rawClientKeysScope()));
        }
        return TicketProtector.of(config.crypto(), config.ticketKeys(), Bytes.wrap(binding.finish()));
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
