package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.TraceEvent.ExternalPskChosen;
import dev.akushu.tls.trace.TraceEvent.ExternalPsksOffered;
import java.util.ArrayList;
import java.util.List;

/** Words for pre-shared keys that both ends were given by other means than TLS. */
final class ExternalPskWords {
    private final Texts texts;

    ExternalPskWords(Texts texts) {
        this.texts = texts;
    }

    Explanation offered(Step step, ExternalPsksOffered offered) {
        Phrase headline = texts.phrase("external.offered")
                .with(
                        "list",
                        offered.identities().stream().map(Bytes::printableAscii).toList());
        return explanation(
                step,
                headline,
                List.of(note(Note.Kind.REASON, "external.offered.why"), note(Note.Kind.EAVESDROPPER, "external.seen")));
    }

    Explanation chosen(Step step, ExternalPskChosen chosen) {
        Phrase headline = texts.phrase("external.chosen." + step.teller())
                .with("identity", chosen.identity().printableAscii());
        List<Note> notes = new ArrayList<>();
        notes.add(note(Note.Kind.REASON, "external.chosen.why"));
        notes.add(note(Note.Kind.REASON, chosen.imported() ? "external.imported.why" : "external.raw.why"));
        Phrase kdf = texts.phrase("external.kdf").with("kdf", chosen.kdf());
        notes.add(new Note(Note.Kind.DETAIL, kdf.text()));
        if (!chosen.context().isEmpty()) {
            Phrase context = texts.phrase("external.context")
                    .with("context", chosen.context().printableAscii());
            notes.add(new Note(Note.Kind.DETAIL, context.text()));
        }
        boolean alone = step.situation().pskAlone();
        notes.add(note(Note.Kind.CONFUSION, alone ? "resumption.alone" : "resumption.confusion"));
        return explanation(step, headline, notes);
    }

    private Note note(Note.Kind kind, String key) {
        return new Note(kind, texts.text(key));
    }

    private Explanation explanation(Step step, Phrase headline, List<Note> notes) {
        return new Explanation(texts.text("role." + step.teller()), headline.text(), notes);
    }
}
