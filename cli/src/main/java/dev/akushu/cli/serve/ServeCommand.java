package dev.akushu.cli.serve;

import dev.akushu.cli.console.Audience;
import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.CertificateOptions;
import dev.akushu.cli.option.ClientFilterOptions;
import dev.akushu.cli.option.ExportOptions;
import dev.akushu.cli.option.KeyLogFile;
import dev.akushu.cli.option.KeyLogOptions;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.NegotiationOptions;
import dev.akushu.cli.option.PskOptions;
import dev.akushu.cli.option.RevocationOption;
import dev.akushu.cli.option.ServerCertificateOptions;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.cli.option.StoryOptions;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.cli.option.WireOptions;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.IdentityFiles;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves until it is stopped. */
@CommandLine.Command(name = "serve")
public final class ServeCommand implements Command {
    private static final int MOST_TICKETS = 16;

    @Mixin
    private final DoorOptions door = new DoorOptions();

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private final List<ServerCertificateOptions> certificates = new ArrayList<>();

    @Option(names = "--raw-public-key")
    private boolean rawPublicKey;

    @Option(names = "--ca-out", paramLabel = "FILE")
    private @Nullable Path authorityFile;

    @Mixin
    private final PskOptions psks = new PskOptions();

    @Option(names = "--client-ca", paramLabel = "FILE")
    private @Nullable Path clientAuthorities;

    @Mixin
    private final RevocationOption revocation = new RevocationOption();

    @Mixin
    private final ClientFilterOptions clientFilters = new ClientFilterOptions();

    @Option(names = "--client-keys", paramLabel = "FILE")
    private @Nullable Path clientKeys;

    @Option(names = "--require-client-cert")
    private boolean requireClientCertificate;

    @Option(names = "--client-cert-later")
    private boolean askLater;

    @Mixin
    private final NegotiationOptions negotiation = new NegotiationOptions();

    @Mixin
    private final WireOptions wire = new WireOptions();

    @Option(names = "--stateless-retry")
    private boolean statelessRetry;

    @Option(names = "--tickets", paramLabel = "NUMBER")
    private int tickets = 2;

    @Option(names = "--ticket-keys", paramLabel = "memory|file:PATH|redis://HOST:PORT/NAME")
    private String ticketKeys = "memory";

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final EarlyDataOptions early = new EarlyDataOptions();

    @Option(names = "--max-tickets", paramLabel = "NUMBER")
    private int maximumTickets = 8;

    @Mixin
    private final ContentOptions content = new ContentOptions();

    @Mixin
    private final ExportOptions exports = new ExportOptions();

    @Mixin
    private final StoryOptions story = new StoryOptions();

    @Mixin
    private final KeyLogOptions keyLog = new KeyLogOptions();

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure, IOException {
        Words words = console.words();
        Treatment treatment = treatment(words);
        try (ServerSocket listening = door.open(words);
                Credentials credentials = credentials(console)) {
            negotiation.warn(Crypto.ownCurves(), credentials.identities(), console);
            TlsServer.Builder begun = credentials.builder();
            greet(begun, treatment.greeting(), words);
            TlsServer.Builder server = server(begun, treatment.limits(), words);
            serve(listening, credentials, server, treatment, console);
        }
    }

    private Treatment treatment(Words words) throws CommandFailure {
        return new Treatment(
                Bytes.wrap(content.greeting(words)),
                exports.exports(early.given(), EarlyDataOptions.USE, words),
                content.service(words),
                door.limits(words));
    }

    private void serve(
            ServerSocket listening,
            Credentials credentials,
            TlsServer.Builder server,
            Treatment treatment,
            Console console)
            throws CommandFailure, IOException {
        try (ServerKeys keys = ServerKeys.open(ticketKeys, store, console)) {
            keys.giveTo(server);
            Optional<KeyLogFile> secrets = keyLog.open(console);
            secrets.ifPresent(server::keyLog);
            credentials.announce(listening, content, console);
            keys.announce();
            try {
                serve(listening, server, treatment, console);
            } finally {
                if (secrets.isPresent()) {
                    secrets.get().close();
                }
            }
        }
    }

    private void serve(ServerSocket listening, TlsServer.Builder server, Treatment treatment, Console console) {
        Journal journal = new Journal(console);
        Audience audience = new Audience(console, story.explain(), story.verbose());
        Reception reception = new Reception(listening, server.build(), treatment, journal, audience);
        console.surroundings().stopSignal().onStop(reception::stop);
        reception.run();
        journal.sumUp();
    }

    private Credentials credentials(Console console) throws CommandFailure, IOException {
        Words words = console.words();
        List<ExternalPsk> keys = psks.keys(console, negotiation);
        Optional<IdentityFiles> own = CertificateOptions.files(certificates, Crypto.ownCurves(), rawPublicKey, console);
        if (rawPublicKey && own.isEmpty()) {
            throw words.misuse("needs", "--raw-public-key", "--cert FILE");
        }
        if (psks.only(words)) {
            if (own.isPresent() || authorityFile != null) {
                throw words.misuse("excluding", "--psk-only", own.isPresent() ? "--cert" : "--ca-out");
            }
            return Credentials.keysAlone(keys);
        }
        if (requireClientCertificate && !keys.isEmpty()) {
            throw words.misuse("excluding", "--psk", "--require-client-cert");
        }
        if (own.isEmpty()) {
            return Credentials.throwaway(door.host(), authorityFile, words).with(keys);
        }
        if (authorityFile != null) {
            throw words.misuse("excluding", "--cert", "--ca-out");
        }
        return Credentials.of(new RenewableIdentities(own.get(), console)).with(keys);
    }

    private TlsServer.Builder server(TlsServer.Builder begun, Limits limits, Words words)
            throws CommandFailure, IOException {
        if (tickets < 0 || tickets > MOST_TICKETS) {
            throw words.misuse("out_of_range", tickets, "--tickets", 0, MOST_TICKETS);
        }
        if (maximumTickets < 0 || maximumTickets > TicketRequest.MOST) {
            throw words.misuse("out_of_range", maximumTickets, "--max-tickets", 0, TicketRequest.MOST);
        }
        List<String> protocols = negotiation.applicationProtocols(words);
        TlsServer.Builder server = begun.crypto(Crypto.ownCurves())
                .policy(negotiation.policy(words))
                .applicationProtocols((protocols.isEmpty() ? content.protocols() : protocols).toArray(String[]::new))
                .ticketsPerHandshake(tickets)
                .maximumTickets(maximumTickets)
                .handshakeTimeout(limits.handshake());
        early.apply(server, tickets, psks.earlyBytes(words), TicketKeyPlace.ofServer(ticketKeys, words), words);
        wire.apply(server, words);
        if (statelessRetry) {
            server.statelessRetry(() -> true);
        }
        if (clientAuthorities != null) {
            server.clientAuthentication(clientAuthentication(words), revocation.trust(clientAuthorities));
        } else if (revocation.given()) {
            throw words.misuse("needs", RevocationOption.NAME, "--client-ca FILE");
        }
        server.clientCertificateFilters(clientFilters.filters(clientAuthorities != null, words));
        if (clientKeys != null) {
            server.rawClientAuthentication(clientAuthentication(words), RawKeyTrust.pem(clientKeys));
        }
        if (clientAuthorities == null && clientKeys == null && (requireClientCertificate || askLater)) {
            String option = requireClientCertificate ? "--require-client-cert" : "--client-cert-later";
            throw words.misuse("needs", option, "--client-ca FILE");
        }
        return server;
    }

    /** Whoever is asked for a certificate in the handshake is told nothing before he has shown it. */
    private void greet(TlsServer.Builder server, Bytes greeting, Words words) throws CommandFailure {
        boolean asksNow = (clientAuthorities != null || clientKeys != null) && !askLater;
        if (!greeting.isEmpty() && asksNow) {
            throw words.misuse("excluding", "--half-rtt", clientAuthorities != null ? "--client-ca" : "--client-keys");
        }
        server.halfRttData(!greeting.isEmpty());
    }

    private ClientAuthentication clientAuthentication(Words words) throws CommandFailure {
        if (askLater && requireClientCertificate) {
            throw words.misuse("excluding", "--client-cert-later", "--require-client-cert");
        }
        if (askLater) {
            return ClientAuthentication.NONE;
        }
        return requireClientCertificate ? ClientAuthentication.REQUIRED : ClientAuthentication.WANTED;
    }
}
