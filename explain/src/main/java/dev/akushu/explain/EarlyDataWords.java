package dev.akushu.explain;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.trace.TraceEvent.EarlyDataDecided;
import dev.akushu.tls.trace.TraceEvent.EarlyDataOffered;
import dev.akushu.tls.trace.TraceEvent.EarlyDataResent;
import dev.akushu.tls.trace.TraceEvent.EarlyDataSkipped;
import java.util.List;

/** Words for early data: what became of it and why. */
final class EarlyDataWords {
    private final Texts texts;

    EarlyDataWords(Texts texts) {
        this.texts = texts;
    }

    Explanation offered(Step step, EarlyDataOffered offered) {
        Phrase headline = texts.phrase("early_data.offered")
                .with("length", offered.length())
                .with("limit", offered.limit());
        return explanation(step, headline, "early_data.offered.why");
    }

    Explanation decided(Step step, EarlyDataDecided decided) {
        EarlyDataOutcome outcome = decided.outcome();
        if (outcome == EarlyDataOutcome.ACCEPTED) {
            return explanation(step, texts.phrase("early_data.accepted." + step.teller()), "early_data.accepted.why");
        }
        Phrase headline = texts.phrase("early_data.refused").with("reason", texts.text("early_data." + outcome));
        return explanation(step, headline, "early_data.refused.why");
    }

    Explanation skipped(Step step, EarlyDataSkipped skipped) {
        Phrase headline = texts.phrase("early_data.skipped").with("length", skipped.length());
        return explanation(step, headline, "early_data.skipped.why");
    }

    Explanation resent(Step step, EarlyDataResent resent) {
        Phrase headline = texts.phrase("early_data.resent").with("length", resent.length());
        return explanation(step, headline, "early_data.resent.why");
    }

    private Explanation explanation(Step step, Phrase headline, String why) {
        return new Explanation(
                texts.text("role." + step.teller()),
                headline.text(),
                List.of(new Note(Note.Kind.REASON, texts.text(why))));
    }
}
