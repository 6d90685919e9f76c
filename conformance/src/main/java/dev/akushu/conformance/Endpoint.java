package dev.akushu.conformance;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the engine for a connection.
 *
 * @param options of the connection
 * @param retried of what is left of it after the server has refused early data
 * @param identities the shim can show
 * @param observed is told of what the engine does
 * @param crypto for all
 */
record Endpoint(Options options, Options retried, ShimIdentities identities, Observed observed, Crypto crypto) {
    /** An address, for which no client sends server_name. */
    private static final String NOBODY = "127.0.0.1";

    private static final int PORT = 443;

    /** How much early data a ticket allows where the flags do not say: as much as BoringSSL's. */
    private static final int EARLY_DATA_BYTES = 14_336;

    /** How far BoringSSL lets a ticket's age be from what it should be. */
    private static final Duration FRESHNESS_WINDOW = Duration.ofSeconds(60);

    /** A client's engine, whose early data, if the flags turn that on, is what the shim says first. */
    TlsEngine client(ShimTickets tickets, ShimClock clock) throws TlsException, OutOfScope {
        List<ExternalPsk> psks = options.psks();
        boolean pskOnly = !psks.isEmpty() && !options.has(Flag.VERIFY_PEER);
        TlsClient.Builder client = (pskOnly ? TlsClient.pskBuilder(psks.getFirst()) : trusting())
                .externalPsks(psks.toArray(ExternalPsk[]::new))
                .verifyBeforeResuming(options.has(Flag.REVERIFY_ON_RESUME))
                .certificateTimestamps(options.has(Flag.ENABLE_SIGNED_CERT_TIMESTAMPS))
                .crypto(crypto)
                .policy(policy())
                .tickets(tickets)
                .clock(clock)
                .observer(observed)
                .records(records())
                .dangerSecretObserver(observed.trafficSecrets())
                .identities(identities)
                .grease(options.has(Flag.ENABLE_GREASE))
                .permuteExtensions(options.has(Flag.PERMUTE_EXTENSIONS))
                .certificateCompressions(ShimCompression.of(options))
                .applicationProtocols(protocols(Flag.ADVERTISE_ALPN).toArray(String[]::new));
        String host = options.text(Flag.HOST_NAME).orElse(NOBODY);
        if (!options.has(Flag.ENABLE_EARLY_DATA)) {
            return client.build().engine(host, PORT);
        }
        byte[] early = options.has(Flag.SHIM_WRITES_FIRST) ? options.greeting() : new byte[0];
        return client.build().engine(host, PORT, earlyData(early, tickets));
    }

    /** A client that accepts the types of the flags. */
    private TlsClient.Builder trusting() {
        List<CertificateType> types = options.acceptedTypes();
        ShimTrust trust = new ShimTrust(options, () -> observed.earlyDataRefused() ? retried : options);
        ShimRawTrust raw = new ShimRawTrust(options);
        if (types.getFirst().equals(CertificateType.RAW_PUBLIC_KEY)) {
            return types.contains(CertificateType.X509)
                    ? TlsClient.builder(trust).rawServerKeys(raw)
                    : TlsClient.rawKeyBuilder(raw);
        }
        TlsClient.Builder client = TlsClient.builder(trust);
        return types.contains(CertificateType.RAW_PUBLIC_KEY)
                ? client.rawServerKeys(raw).certificatesFirst(true)
                : client;
    }

    /** BoringSSL takes the application protocol of the session. */
    private EarlyData earlyData(byte[] data, ShimTickets tickets) throws OutOfScope {
        List<String> protocols = protocols(Flag.ADVERTISE_ALPN);
        if (protocols.size() < 2) {
            return EarlyData.of(data).cutToFit();
        }
        String agreed = tickets.protocolOnOffer();
        return EarlyData.of(data, protocols.contains(agreed) ? agreed : protocols.getFirst())
                .cutToFit();
    }

    TlsEngine server(TicketKeySource ticketKeys, ReplayGuard guard, ShimClock clock) throws TlsException, OutOfScope {
        TlsServer.Builder server = builder()
                .crypto(crypto)
                .policy(policy())
                .ticketKeys(ticketKeys)
                .replayGuard(guard)
                .freshnessWindow(FRESHNESS_WINDOW)
                .earlyData(options.has(Flag.ENABLE_EARLY_DATA) ? EARLY_DATA_BYTES : 0)
                .clock(clock)
                .observer(observed)
                .records(records())
                .dangerSecretObserver(observed.trafficSecrets())
                .certificateCompressions(ShimCompression.of(options))
                .applicationProtocols(this::select);
        List<CertificateType> types = options.acceptedTypes();
        if (types.contains(CertificateType.X509)) {
            server.clientAuthentication(clientAuthentication(), new ShimTrust(options, () -> options));
        }
        if (types.contains(CertificateType.RAW_PUBLIC_KEY)) {
            server.rawClientAuthentication(clientAuthentication(), new ShimRawTrust(options));
        }
        if (options.has(Flag.NO_TICKET) || options.has(Flag.SKIP_TICKET)) {
            server.ticketsPerHandshake(0);
        }
        return server.build().engine();
    }

    private TlsServer.Builder builder() {
        List<ExternalPsk> psks = options.psks();
        if (psks.isEmpty()) {
            return TlsServer.builder(identities);
        }
        PskSource source = PskSource.of(psks);
        return options.credentials().isEmpty()
                ? TlsServer.pskBuilder(source)
                : TlsServer.builder(identities).externalPsks(source);
    }

    private RecordPolicy records() {
        int most = (int) options.number(Flag.MAX_SEND_FRAGMENT, RecordPolicy.DEFAULT.sendLimit());
        return RecordPolicy.DEFAULT.withSendLimit(most);
    }

    private Policy policy() throws OutOfScope {
        return ShimPolicy.of(options, identities.schemes(), crypto);
    }

    private ClientAuthentication clientAuthentication() {
        if (options.has(Flag.VERIFY_PEER)) {
            return ClientAuthentication.WANTED;
        }
        // With pre-shared keys a certificate cannot be required of everybody.
        return options.has(Flag.REQUIRE_ANY_CLIENT_CERTIFICATE)
                        && options.psks().isEmpty()
                ? ClientAuthentication.REQUIRED
                : ClientAuthentication.NONE;
    }

    /** As the flags tell BoringSSL's callback to, whether that is offered or not. */
    private Optional<String> select(List<String> offered) throws TlsException {
        if (options.has(Flag.REJECT_ALPN)) {
            throw Problem.NO_COMMON_APPLICATION_PROTOCOL.with(offered, "none");
        }
        return options.has(Flag.SELECT_EMPTY_ALPN) ? Optional.of("") : options.text(Flag.SELECT_ALPN);
    }

    /** Names with a byte of length before each, as they stand in the extension. */
    private List<String> protocols(Flag flag) throws OutOfScope {
        byte[] list = options.text(flag).orElse("").getBytes(StandardCharsets.ISO_8859_1);
        List<String> names = new ArrayList<>();
        for (int at = 0; at < list.length; at += 1 + list[at]) {
            if (list[at] <= 0 || at + list[at] >= list.length) {
                throw new OutOfScope("a malformed list of application protocols");
            }
            names.add(new String(list, at + 1, list[at], StandardCharsets.ISO_8859_1));
        }
        return names;
    }
}
