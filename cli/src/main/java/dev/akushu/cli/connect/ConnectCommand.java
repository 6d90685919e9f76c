package dev.akushu.cli.connect;

import dev.akushu.cli.console.Audience;
import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.CertificateOptions;
import dev.akushu.cli.option.EarlyDataOption;
import dev.akushu.cli.option.Export;
import dev.akushu.cli.option.ExportOptions;
import dev.akushu.cli.option.KeyLogFile;
import dev.akushu.cli.option.KeyLogOptions;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.NegotiationOptions;
import dev.akushu.cli.option.PskOptions;
import dev.akushu.cli.option.Seconds;
import dev.akushu.cli.option.StoryOptions;
import dev.akushu.cli.option.TrustOptions;
import dev.akushu.cli.option.WireOptions;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects to a server: shows what was agreed on, and passes stdin to it and its answer to stdout. */
@CommandLine.Command(name = "connect")
public final class ConnectCommand implements Command {
    @Parameters(paramLabel = "HOST[:PORT]", descriptionKey = "target")
    private String target = "";

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Option(names = "--servername", paramLabel = "NAME")
    private String serverName = "";

    @Option(names = "--server-key", paramLabel = "FILE")
    private @Nullable Path serverKey;

    @Option(names = "--timestamps")
    private boolean timestamps;

    @Option(names = "--certificate-authorities")
    private boolean certificateAuthorities;

    @Mixin
    private final NegotiationOptions negotiation = new NegotiationOptions();

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private final List<CertificateOptions> certificates = new ArrayList<>();

    @Option(names = "--raw-public-key")
    private boolean rawPublicKey;

    @Option(names = "--post-handshake-auth")
    private boolean postHandshakeAuthentication;

    @Mixin
    private final PskOptions psks = new PskOptions();

    @Mixin
    private final WireOptions wire = new WireOptions();

    @Option(names = "--fixed-order")
    private boolean fixedOrder;

    @Option(names = "--session", paramLabel = "FILE")
    private @Nullable Path sessionFile;

    @Option(names = "--resume")
    private boolean resume;

    @Mixin
    private final EarlyDataOption early = new EarlyDataOption();

    @Option(names = "--request-tickets", paramLabel = "NUMBER[,NUMBER]")
    private String ticketRequest = "";

    @Option(names = "--expect-resumed")
    private boolean expectResumed;

    @Option(names = "--expect-alpn", paramLabel = "NAME")
    private String expectedProtocol = "";

    @Option(names = "--stdin")
    private boolean readStdin;

    @Option(names = "--timeout", paramLabel = "SECONDS")
    private String timeout = "30";

    @Option(names = "--report", paramLabel = "FILE")
    private @Nullable Path report;

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
        Target where = Target.of(target, words);
        Duration patience = Seconds.of(timeout, "--timeout", words);
        Optional<byte[]> data = early.data(words);
        List<Export> exported = exports.exports(data.isPresent(), EarlyDataOption.USE, words);
        TlsClient.Builder client = client(console, patience);
        Optional<KeyLogFile> secrets = keyLog.open(console);
        try {
            secrets.ifPresent(client::keyLog);
            Audience audience = new Audience(console, story.explain(), story.verbose());
            visit(new Calls(client.build(), where, audience, patience, exported, null), data, console);
        } finally {
            if (secrets.isPresent()) {
                secrets.get().close();
            }
        }
    }

    /** What has been written down is kept even if the visit fails; then more than ever. */
    private void visit(Calls unkept, Optional<byte[]> data, Console console) throws CommandFailure, IOException {
        try (ReportFile kept = report == null ? null : ReportFile.open(report, console)) {
            Visit visit = new Visit(unkept.keptIn(kept), console, expectations(console.words()));
            if (data.isPresent()) {
                // With a file the ticket may be from an earlier run, and a pre-shared key is there already.
                boolean needsTicket = sessionFile == null && psks.earlyBytes(console.words()) == 0;
                visit.payEarly(data.get(), early.mayBeResent(), resume || needsTicket, wantsStdin(console));
            } else {
                visit.pay(resume, wantsStdin(console));
            }
        }
    }

    private TlsClient.Builder client(Console console, Duration patience) throws CommandFailure, IOException {
        Words words = console.words();
        Crypto crypto = Crypto.ownCurves();
        List<Identity> own = CertificateOptions.identities(certificates, crypto, rawPublicKey, console);
        negotiation.warn(crypto, own, console);
        List<ExternalPsk> keys = psks.keys(console, negotiation);
        if (keys.size() > TlsClient.Builder.MOST_PSKS) {
            throw words.misuse("out_of_range", keys.size(), "--psk", 1, TlsClient.Builder.MOST_PSKS);
        }
        TlsClient.Builder client = begun(keys, console)
                .externalPsks(keys.toArray(ExternalPsk[]::new))
                .certificateTimestamps(timestamps)
                .certificateAuthorities(certificateAuthorities)
                .postHandshakeAuthentication(postHandshakeAuthentication)
                .crypto(crypto)
                .policy(negotiation.policy(words))
                .applicationProtocols(negotiation.applicationProtocols(words).toArray(String[]::new))
                .permuteExtensions(!fixedOrder)
                .verifyBeforeResuming(trust.beforeResuming())
                .handshakeTimeout(patience);
        wire.apply(client, words);
        if (!own.isEmpty()) {
            client.identities(IdentitySource.among(own));
        } else if (rawPublicKey) {
            throw words.misuse("needs", "--raw-public-key", "--cert FILE");
        }
        if (!serverName.isEmpty()) {
            client.serverName(Target.hostName(serverName, words));
        }
        if (!ticketRequest.isEmpty()) {
            client.ticketRequest(Wish.of(ticketRequest, words));
        }
        if (sessionFile != null) {
            client.tickets(TicketStore.file(sessionFile));
        }
        return client;
    }

    /** By what the server may prove itself. */
    private TlsClient.Builder begun(List<ExternalPsk> keys, Console console) throws CommandFailure, TlsException {
        if (psks.only(console.words())) {
            if (serverKey != null) {
                throw console.words().misuse("excluding", "--psk-only", "--server-key");
            }
            return TlsClient.pskBuilder(keys.getFirst());
        }
        return serverKey == null
                ? TlsClient.builder(trust.trust(console))
                : TlsClient.rawKeyBuilder(RawKeyTrust.pem(serverKey));
    }

    private Expectations expectations(Words words) {
        return new Expectations(resume || expectResumed, expectedProtocol, words);
    }

    /** A person at a terminal has nothing to send unless it is said so; a pipe or a file has. */
    private boolean wantsStdin(Console console) {
        return readStdin || !console.surroundings().terminals().input();
    }
}
