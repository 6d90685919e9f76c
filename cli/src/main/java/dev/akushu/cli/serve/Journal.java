package dev.akushu.cli.serve;

import dev.akushu.cli.connect.CertificateFacts;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Failure;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Summary;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.Exported;
import dev.akushu.explain.Printable;
import dev.akushu.explain.RawPublicKey;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.TlsSession;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Tells what happens at the server: a line for a person or an event for a program, for each thing that happens to a client. */
final class Journal {
    private final Console console;
    private final Words words;
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Journal(Console console) {
        this.console = console;
        this.words = console.words();
    }

    void connected(Visitor visitor, TlsSession session, List<Exported> exported) {
        connected.incrementAndGet();
        JsonLine event = event("connected", visitor)
                .with("handshake", Summary.describe(session).fields());
        console.event(Exported.addTo(event, exported));
        print(
                session.externalPsk() != null
                        ? "serve.by_psk"
                        : session.resumed() ? "serve.resumed" : "serve.connected",
                visitor,
                session.suite(),
                Objects.requireNonNullElse(session.group(), "psk_ke"),
                Printable.of(Objects.requireNonNullElse(session.serverName(), "-")),
                Printable.of(Objects.requireNonNullElse(session.applicationProtocol(), "-")));
        EarlyDataReport early = session.earlyData();
        if (early.accepted()) {
            print("serve.early_data", visitor, early.bytes());
        } else if (early.outcome() != EarlyDataOutcome.NOT_OFFERED) {
            print("serve.no_early_data", visitor, early.outcome().name().toLowerCase(Locale.ROOT));
        }
        exported.forEach(each -> say(visitor, each.tell(words)));
    }

    /** Asked after the handshake, the client has shown {@code chain}, or a public key alone, or nothing. */
    void shown(Visitor visitor, List<Bytes> chain) {
        if (chain.size() == 1 && RawPublicKey.is(chain.getFirst())) {
            shownKey(visitor, chain.getFirst());
            return;
        }
        console.event(event("client_certificate", visitor).with("certificates", CertificateFacts.describe(chain)));
        String subject = chain.isEmpty()
                ? "-"
                : CertificateFacts.of(chain.getFirst())
                        .map(CertificateFacts::subject)
                        .orElse("?");
        print(chain.isEmpty() ? "serve.declined" : "serve.shown", visitor, Printable.of(subject));
    }

    private void shownKey(Visitor visitor, Bytes key) {
        console.event(event("client_certificate", visitor).with("raw_public_key", key.hex()));
        print("serve.shown_key", visitor, RawPublicKey.fingerprint(key));
    }

    /** The client does not offer to be asked after the handshake. */
    void notAsked(Visitor visitor) {
        console.event(event("client_certificate", visitor).with("certificates", null));
        print("serve.not_asked", visitor);
    }

    /** The client has said its last word without an answer to the request for its certificate. */
    void unanswered(Visitor visitor) {
        console.event(event("client_certificate", visitor).with("certificates", null));
        print("serve.unanswered", visitor);
    }

    void closed(Visitor visitor, Traffic traffic) {
        console.event(
                event("closed", visitor).with("received", traffic.received()).with("sent", traffic.sent()));
        print("serve.closed", visitor, traffic.received(), traffic.sent());
    }

    /** Many clients just leave. To a server that has answered what it was asked it does no harm, so it is no failure. */
    void cut(Visitor visitor, Traffic traffic) {
        console.event(event("closed", visitor)
                .with("received", traffic.received())
                .with("sent", traffic.sent())
                .with("reason", "truncated"));
        print("serve.cut", visitor, traffic.received(), traffic.sent());
    }

    void idle(Visitor visitor, Duration limit) {
        console.event(event("closed", visitor).with("reason", "idle"));
        print("serve.idle", visitor, limit.toSeconds());
    }

    void failed(Visitor visitor, Failure failure, Throwable thrown) {
        failed.incrementAndGet();
        console.event(event("failed", visitor)
                .with("failure", failure.id())
                .with("cause", failure.cause())
                .with("remedy", failure.remedy())
                .with("hint", failure.hint().isEmpty() ? null : failure.hint()));
        print(
                "serve.failed",
                visitor,
                Printable.of((failure.cause() + " " + failure.remedy() + " " + failure.hint()).strip()));
        debug(thrown);
    }

    /** A fault of this program that one client met. */
    void fault(Visitor visitor, Exception fault) {
        failed(visitor, words.internal(fault), fault);
    }

    /** Something at the door rather than at a client. */
    void trouble(Exception trouble) {
        console.event(JsonLine.event("trouble").with("cause", trouble.toString()));
        console.warn(words.text("serve.trouble", trouble));
        debug(trouble);
    }

    void debug(Throwable thrown) {
        console.stackTrace(thrown);
    }

    void sumUp() {
        console.summary().totals(connected.get(), failed.get());
        console.print(words.text("serve.summary", connected.get(), failed.get()));
    }

    private static JsonLine event(String name, Visitor visitor) {
        return JsonLine.event(name).with("connection", visitor.number()).with("peer", visitor.address());
    }

    private void print(String key, Visitor visitor, Object... values) {
        say(visitor, words.text(key, values));
    }

    private void say(Visitor visitor, String text) {
        console.print("[" + visitor.number() + "] " + visitor.address() + "  " + text);
    }
}
