package dev.akushu.explain;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.TraceEvent.ApplicationProtocolChosen;
import dev.akushu.tls.trace.TraceEvent.CookieReturned;
import dev.akushu.tls.trace.TraceEvent.GroupChosen;
import dev.akushu.tls.trace.TraceEvent.RecordSizesAgreed;
import dev.akushu.tls.trace.TraceEvent.RetryRequested;
import dev.akushu.tls.trace.TraceEvent.Started;
import dev.akushu.tls.trace.TraceEvent.SuiteChosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Words for what the two ends agree on. */
final class AgreementWords {
    private static final Set<NamedGroup> HYBRIDS =
            Set.of(NamedGroup.X25519_MLKEM768, NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP384R1_MLKEM1024);

    private final Texts texts;

    AgreementWords(Texts texts) {
        this.texts = texts;
    }

    Explanation started(Step step, Started started) {
        String name = started.serverName();
        String variant = started.role() == Role.CLIENT && name.isEmpty() ? ".unnamed" : "";
        Phrase headline = texts.phrase("started." + started.role() + variant).with("name", name);
        Phrase policy = texts.phrase("started.policy").with("policy", started.policy());
        return explanation(step, headline, List.of(new Note(Note.Kind.DETAIL, policy.text())));
    }

    Explanation suite(Step step, SuiteChosen suite) {
        int common = common(suite.offered(), suite.supported());
        Phrase headline = texts.phrase("suite." + by(step) + (common == 1 ? ".only" : ""))
                .with("chosen", suite.chosen())
                .with(
                        "count",
                        step.teller() == Role.SERVER ? common : suite.offered().size());
        List<Note> notes = lists(step, suite.offered(), suite.supported());
        notes.addAll(0, policy(step));
        notes.add(new Note(Note.Kind.CONFUSION, texts.text("suite.confusion")));
        return explanation(step, headline, notes);
    }

    Explanation group(Step step, GroupChosen group) {
        boolean hasShare = group.shares().contains(group.chosen());
        Phrase headline =
                texts.phrase("group." + by(step) + (hasShare ? "" : ".missing")).with("chosen", group.chosen());
        List<Note> notes = lists(step, group.offered(), group.supported());
        notes.add(1, among("group.shares", group.shares()));
        notes.addAll(0, policy(step));
        if (HYBRIDS.contains(group.chosen())) {
            notes.addFirst(new Note(Note.Kind.REASON, texts.text("group.hybrid")));
        }
        return explanation(step, headline, notes);
    }

    Explanation retry(Step step, RetryRequested retry) {
        NamedGroup group = retry.group();
        String key = group == null ? "retry.cookie" : retry.cookie() ? "retry.both" : "retry.group";
        Phrase headline = texts.phrase(key).with("group", group == null ? "" : group);
        return explanation(step, headline, List.of(new Note(Note.Kind.REASON, texts.text("retry.why"))));
    }

    Explanation protocol(Step step, ApplicationProtocolChosen protocol) {
        String chosen = protocol.chosen();
        String none = protocol.offered().isEmpty() ? "alpn.unasked" : "alpn.none";
        Phrase headline = chosen == null
                ? texts.phrase(none)
                : texts.phrase("alpn." + by(step)).with("chosen", chosen);
        List<Note> notes = lists(step, protocol.offered(), protocol.supported());
        notes.addFirst(new Note(Note.Kind.REASON, texts.text("alpn.why")));
        return explanation(step, headline, notes);
    }

    Explanation cookie(Step step, CookieReturned returned) {
        Phrase headline = texts.phrase("cookie").with("age", returned.age());
        return explanation(step, headline, List.of(new Note(Note.Kind.REASON, texts.text("cookie.why"))));
    }

    Explanation recordSizes(Step step, RecordSizesAgreed agreed) {
        Phrase headline =
                texts.phrase("record_sizes").with("client", agreed.client()).with("server", agreed.server());
        return explanation(step, headline, List.of(new Note(Note.Kind.REASON, texts.text("record_sizes.why"))));
    }

    private Explanation explanation(Step step, Phrase headline, List<Note> notes) {
        return new Explanation(texts.text("role." + step.teller()), headline.text(), notes);
    }

    /** What was on the table. A client supports what it offered; only of a server is that worth saying. */
    private List<Note> lists(Step step, List<?> offered, List<?> supported) {
        List<Note> notes = new ArrayList<>();
        notes.add(among("among.offered", offered));
        if (step.teller() == Role.SERVER) {
            notes.add(among("among.supported", supported));
        }
        return notes;
    }

    /** Whose list that was: the policy's, by its name and date. */
    private List<Note> policy(Step step) {
        String policy = step.situation().policies().get(step.teller());
        if (policy == null) {
            return List.of();
        }
        Phrase decides = texts.phrase("policy." + by(step)).with("policy", policy);
        return List.of(new Note(Note.Kind.REASON, decides.text()));
    }

    private Note among(String key, List<?> list) {
        return new Note(Note.Kind.AMONG, texts.phrase(key).with("list", list).text());
    }

    private static int common(List<?> offered, List<?> supported) {
        return (int) offered.stream().filter(supported::contains).count();
    }

    /** The server decides; the client learns what was decided. */
    private static String by(Step step) {
        return step.teller().toString();
    }
}
