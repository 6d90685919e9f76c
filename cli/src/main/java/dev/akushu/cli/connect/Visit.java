package dev.akushu.cli.connect;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Summary;
import dev.akushu.cli.option.Exported;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code connect} does with a server: perhaps fetch a ticket first, then connect, tell the facts, and talk or listen. */
final class Visit {
    /** Who only fetches a ticket goes on to the second connection, though the server talk on and on. */
    private static final long MOST_BEFORE_A_TICKET = 1000;

    private final Calls calls;
    private final Console console;
    private final Expectations expectations;

    Visit(Calls calls, Console console, Expectations expectations) {
        this.calls = calls;
        this.console = console;
        this.expectations = expectations;
    }

    /**
     * Pays it.
     *
     * @param twice whether to connect once before, only for a ticket
     * @param withInput whether what stdin has is sent
     */
    void pay(boolean twice, boolean withInput) throws CommandFailure, IOException {
        if (twice) {
            fetchTicket();
        }
        try (Call call = calls.call(twice ? 2 : 1)) {
            report(call, twice ? 2 : 1);
            expectations.check(call.session());
            converse(call, withInput);
        }
    }

    /**
     * As {@link #pay}, but the data goes out with the ticket, before the server has said anything; then comes what stdin
     * has, if that is wanted. What the server did not take is sent again if {@code mayBeResent}.
     */
    void payEarly(byte[] data, boolean mayBeResent, boolean twice, boolean withInput)
            throws CommandFailure, IOException {
        EarlyData once = twice ? inProtocol(data, fetchTicket()) : inProtocol(data, null);
        EarlyData early = mayBeResent ? once.resendIfRefused() : once;
        try (Call call = calls.call(twice ? 2 : 1, early)) {
            report(call, twice ? 2 : 1);
            expectations.check(call.session());
            EarlyDataReport fate = call.session().earlyData();
            expectations.checkEarly(fate);
            if (fate.resent()) {
                String reason = fate.outcome().name().toLowerCase(Locale.ROOT);
                console.status(console.words().text("connect.early_data_resent", reason));
            }
            answer(call, withInput);
        }
    }

    /** RFC 9846 4.3.10: early data is in the protocol that the ticket's session spoke. */
    private EarlyData inProtocol(byte[] data, @Nullable String agreed) {
        List<String> offered = calls.client().applicationProtocols();
        if (offered.size() < 2) {
            return EarlyData.of(data);
        }
        return EarlyData.of(data, agreed == null ? offered.getFirst() : agreed);
    }

    /** Returns the application protocol of the session that the ticket is for, or null. */
    private @Nullable String fetchTicket() throws CommandFailure, IOException {
        try (Call call = calls.call(1)) {
            report(call, 1);
            int tickets = listen(call, MOST_BEFORE_A_TICKET);
            console.status(console.words().text("connect.tickets", tickets));
            return call.session().applicationProtocol();
        }
    }

    private void answer(Call call, boolean withInput) throws CommandFailure, IOException {
        try {
            new Conversation(call.connection(), console, calls.patience()).goOn(withInput);
        } catch (TlsException failed) {
            throw call.failed(failed);
        } catch (OutputClosedException nobodyReads) {
            console.status(console.words().text("connect.output_closed"));
        }
    }

    private void converse(Call call, boolean withInput) throws CommandFailure, IOException {
        try {
            boolean sent = withInput && new Conversation(call.connection(), console, calls.patience()).hold();
            if (!sent) {
                console.status(console.words().text("connect.tickets", listen(call, Long.MAX_VALUE)));
            }
        } catch (TlsException failed) {
            throw call.failed(failed);
        } catch (OutputClosedException nobodyReads) {
            console.status(console.words().text("connect.output_closed"));
        }
    }

    /** Waits for what a server says by itself right after the handshake, tickets above all; returns how many came. */
    private int listen(Call call, long mostReads) throws CommandFailure, IOException {
        try {
            new Listening(call, new ReceivedData(console), mostReads).untilQuiet();
            return call.witness().tickets();
        } catch (TlsException failed) {
            throw call.failed(failed);
        }
    }

    private void report(Call call, int number) throws CommandFailure {
        List<Exported> exported = call.exported(calls.exports());
        console.summary().handshake(call.session());
        JsonLine connected = JsonLine.event("connected")
                .with("connection", number)
                .with("handshake", Summary.describe(call.session()).fields())
                .with("address", call.connection().remoteAddress().getAddress().getHostAddress())
                .with("certificates", CertificateFacts.describe(call.session().peerCertificates()));
        console.event(Exported.addTo(connected, exported));
        new ConnectionFacts(call, calls.target(), console).print();
        exported.forEach(each -> console.status("  " + each.tell(console.words())));
    }
}
