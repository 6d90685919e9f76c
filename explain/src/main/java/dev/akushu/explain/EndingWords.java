package dev.akushu.explain;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ChainChecks;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.trace.TraceEvent.Alert;
import dev.akushu.tls.trace.TraceEvent.Failed;
import dev.akushu.tls.trace.TraceEvent.HandshakeDone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words for how a handshake ends: well, in order, or by a fault. */
final class EndingWords {
    private final Texts texts;

    EndingWords(Texts texts) {
        this.texts = texts;
    }

    Explanation done(Step step, HandshakeDone done) {
        Situation situation = step.situation();
        String actor = texts.text("role." + step.teller());
        if (!situation.done()) {
            return new Explanation(actor, texts.text("done.one." + step.teller()), List.of());
        }
        int trips = situation.roundTrips();
        Phrase headline = texts.phrase(trips == 1 ? "done.trip" : "done.trips").with("count", trips);
        return new Explanation(actor, headline.text(), facts(done.session()));
    }

    private List<Note> facts(TlsSession session) {
        List<Note> facts = new ArrayList<>();
        facts.add(fact("done.suite", session.suite()));
        NamedGroup group = session.group();
        facts.add(group == null ? fact("done.no_group", "") : fact("done.group", group));
        SignatureScheme scheme = session.signatureScheme();
        if (scheme != null) {
            facts.add(fact(session.resumed() ? "done.scheme.resumed" : "done.scheme", scheme));
        }
        String protocol = session.applicationProtocol();
        if (protocol != null) {
            facts.add(fact("done.protocol", protocol));
        }
        NotResumed reason = session.notResumed();
        Bytes psk = session.externalPsk();
        if (psk != null) {
            facts.add(fact("done.external", psk.printableAscii()));
        } else {
            facts.add(
                    reason == null ? fact("done.resumed", "") : fact("done.full", texts.text("not_resumed." + reason)));
        }
        EarlyDataOutcome early = session.earlyData().outcome();
        if (early != EarlyDataOutcome.NOT_OFFERED) {
            facts.add(
                    early == EarlyDataOutcome.ACCEPTED
                            ? fact("done.early", session.earlyData().bytes())
                            : fact("done.no_early", texts.text("early_data." + early)));
        }
        return facts;
    }

    private Note fact(String key, Object value) {
        return new Note(Note.Kind.DETAIL, texts.phrase(key).with("value", value).text());
    }

    Explanation alert(Step step, Alert alert) {
        AlertDescription description = AlertDescription.find(alert.code());
        List<Note> notes = new ArrayList<>();
        notes.add(new Note(Note.Kind.REASON, meaning(description)));
        if (description != null && !description.isClosure()) {
            notes.add(new Note(Note.Kind.DETAIL, causes(description)));
            notes.add(new Note(Note.Kind.CONFUSION, texts.text("alert.confusion")));
        }
        String sender = texts.text("role." + (step.sender() == null ? step.teller() : step.sender()));
        return new Explanation(sender, name(alert.code(), description), notes);
    }

    Explanation failed(Step step, Failed failed) {
        Diagnosis diagnosis = failed.diagnosis();
        boolean told = diagnosis.problem() == Problem.ALERT_RECEIVED;
        String actor = texts.text("role." + step.teller());
        if (told && step.situation().failed()) {
            return new Explanation(actor, texts.text("failed.too"), List.of());
        }
        List<Note> notes = new ArrayList<>();
        notes.add(new Note(Note.Kind.CAUSE, diagnosis.cause(texts.locale())));
        notes.add(new Note(Note.Kind.NOTICED, noticed(step)));
        notes.add(new Note(Note.Kind.ALERT, alertOf(step, diagnosis.problem())));
        AlertDescription received = told ? received(diagnosis) : null;
        if (received != null) {
            notes.add(new Note(Note.Kind.DETAIL, causes(received)));
        }
        ChainChecks checks = failed.checks();
        if (checks != null) {
            notes.addAll(checks(checks));
        }
        notes.add(new Note(Note.Kind.REMEDY, diagnosis.remedy(texts.locale())));
        String after = step.situation().done() ? "failed.connection" : "failed.handshake";
        return new Explanation(actor, texts.text(after), notes);
    }

    /** What else is known of the chain: what passed before the fault, and what nobody has looked at. */
    private List<Note> checks(ChainChecks checks) {
        List<Note> notes = new ArrayList<>();
        notes.add(list("failed.checks.passed", checks.passed()));
        if (!checks.notReached().isEmpty()) {
            notes.add(list("failed.checks.not_reached", checks.notReached()));
        }
        return notes;
    }

    private Note list(String key, List<CertificateCheck> checks) {
        List<String> names = checks.stream()
                .map(check -> texts.phrase("failed.checks.one")
                        .with("check", texts.text("check." + check.kind()))
                        .with("subject", check.subject())
                        .text())
                .toList();
        return new Note(Note.Kind.DETAIL, texts.phrase(key).with("list", names).text());
    }

    private String noticed(Step step) {
        String message = step.situation().lastMessage();
        return texts.phrase(message.isEmpty() ? "failed.noticed.first" : "failed.noticed")
                .with("role", texts.text("role." + step.teller()))
                .with("message", message)
                .text();
    }

    private String alertOf(Step step, Problem problem) {
        AlertDescription alert = problem.alert();
        if (alert == null) {
            return texts.text(problem == Problem.ALERT_RECEIVED ? "failed.alert.received" : "failed.alert.none");
        }
        return texts.phrase("failed.alert.sent")
                .with("alert", name(alert.code(), alert))
                .with("role", texts.text("role." + step.teller().peer()))
                .text();
    }

    private String name(int code, @Nullable AlertDescription description) {
        return texts.phrase(description == null ? "alert.unknown" : "alert.name")
                .with("name", description == null ? "" : description.alertName())
                .with("code", code)
                .text();
    }

    private String meaning(@Nullable AlertDescription description) {
        return texts.text(description == null ? "alert.unknown.meaning" : "alert." + description + ".meaning");
    }

    private String causes(AlertDescription description) {
        return texts.phrase("alert.causes")
                .with("causes", texts.text("alert." + description + ".causes"))
                .text();
    }

    private static @Nullable AlertDescription received(Diagnosis diagnosis) {
        return diagnosis.fact("code") instanceof Integer code ? AlertDescription.find(code) : null;
    }
}
