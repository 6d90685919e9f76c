package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.TraceEvent.ResumptionDecided;
import dev.akushu.tls.trace.TraceEvent.ResumptionOffered;
import dev.akushu.tls.trace.TraceEvent.TicketOpened;
import dev.akushu.tls.trace.TraceEvent.TicketReceived;
import dev.akushu.tls.trace.TraceEvent.TicketSealed;
import dev.akushu.tls.trace.TraceEvent.TicketsAnnounced;
import java.util.ArrayList;
import java.util.List;

/** Words for tickets and resumption. */
final class TicketWords {
    private static final int SHOWN = 4;

    private final Texts texts;

    TicketWords(Texts texts) {
        this.texts = texts;
    }

    Explanation offered(Step step, ResumptionOffered offered) {
        Phrase headline = texts.phrase(offered.tickets() == 1 ? "resumption.offered" : "resumption.offered.many")
                .with("count", offered.tickets())
                .with("age", offered.age())
                .with("length", offered.ticketLength());
        return explanation(step, headline, List.of(note(Note.Kind.REASON, "resumption.offered.why")));
    }

    Explanation decided(Step step, ResumptionDecided decided) {
        NotResumed reason = decided.reason();
        if (reason != null) {
            Phrase headline = texts.phrase("resumption.refused").with("reason", texts.text("not_resumed." + reason));
            List<Note> notes = new ArrayList<>(List.of(note(Note.Kind.REASON, "resumption.refused.why")));
            String policy = step.situation().policies().get(Role.SERVER);
            if (reason == NotResumed.OTHER_POLICY && policy != null) {
                Phrase now = texts.phrase("resumption.policy").with("policy", policy);
                notes.add(new Note(Note.Kind.DETAIL, now.text()));
            }
            return explanation(step, headline, notes);
        }
        return explanation(
                step,
                texts.phrase("resumption.accepted." + step.teller()),
                List.of(
                        note(Note.Kind.REASON, "resumption.skipped"),
                        note(Note.Kind.REASON, "resumption.safe"),
                        note(Note.Kind.DETAIL, "resumption.binder"),
                        note(
                                Note.Kind.CONFUSION,
                                step.situation().pskAlone() ? "resumption.alone" : "resumption.confusion")));
    }

    Explanation opened(Step step, TicketOpened opened) {
        Phrase headline = texts.phrase("ticket.opened")
                .with("key", shortName(opened.keyName()))
                .with("age", opened.age())
                .with("suite", opened.suite());
        List<Note> notes = new ArrayList<>();
        notes.add(note(Note.Kind.REASON, "ticket.opened.why"));
        notes.add(keyName(opened.keyName()));
        Phrase psk = texts.phrase("ticket.psk").with("length", opened.pskLength());
        notes.add(new Note(Note.Kind.DETAIL, psk.text()));
        Phrase stated = texts.phrase("ticket.stated").with("age", opened.statedAge());
        notes.add(new Note(Note.Kind.DETAIL, stated.text()));
        opened.contents().forEach(line -> notes.add(new Note(Note.Kind.DETAIL, line)));
        return explanation(step, headline, notes);
    }

    Explanation sealed(Step step, TicketSealed sealed) {
        Phrase headline = texts.phrase("ticket.sealed")
                .with("key", shortName(sealed.keyName()))
                .with("lifetime", sealed.lifetime())
                .with("length", sealed.ticketLength());
        return explanation(
                step, headline, List.of(note(Note.Kind.REASON, "ticket.sealed.why"), keyName(sealed.keyName())));
    }

    Explanation announced(Step step, TicketsAnnounced announced) {
        boolean resumed = step.situation().resumed();
        Phrase headline = texts.phrase("tickets.announced." + step.teller())
                .with("count", announced.count())
                .with(
                        "wish",
                        resumed
                                ? announced.wish().resumption()
                                : announced.wish().newSession());
        return explanation(step, headline, List.of(note(Note.Kind.REASON, "tickets.announced.why")));
    }

    Explanation received(Step step, TicketReceived received) {
        Phrase headline = texts.phrase(received.kept() ? "ticket.kept" : "ticket.dropped")
                .with("lifetime", received.lifetime())
                .with("length", received.ticketLength());
        String why = received.kept() ? "ticket.kept.why" : "ticket.dropped.why";
        return explanation(step, headline, List.of(note(Note.Kind.REASON, why)));
    }

    private Note keyName(Bytes name) {
        return new Note(
                Note.Kind.DETAIL,
                texts.phrase("ticket.key").with("key", name.hex()).text());
    }

    /** Enough of a key's name to tell it from the others of a ring. */
    private static String shortName(Bytes name) {
        return name.length() <= SHOWN ? name.hex() : name.slice(0, SHOWN).hex();
    }

    private Note note(Note.Kind kind, String key) {
        return new Note(kind, texts.text(key));
    }

    private Explanation explanation(Step step, Phrase headline, List<Note> notes) {
        return new Explanation(texts.text("role." + step.teller()), headline.text(), notes);
    }
}
