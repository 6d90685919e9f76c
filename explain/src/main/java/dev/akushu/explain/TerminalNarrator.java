package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells a story on a terminal while it happens: an arrow for each message, with the reason below it, and who decided and
 * checked what. Short, about a screen for a handshake; or, if the {@link Look} says so, with every byte.
 *
 * <p>For one story at a time.
 */
public final class TerminalNarrator implements StoryReader {
    private final Look look;
    private final Explainer explainer;
    private final Page page;
    private final Arrow arrow;
    private final FieldTable table;
    private final DataRun run = new DataRun();
    private final Set<Chapter> opened = EnumSet.noneOf(Chapter.class);
    private final Set<Protection> seen = EnumSet.noneOf(Protection.class);
    private final Set<String> reasons = new HashSet<>();
    private String secretsShown = "";

    /** Hands each line to {@code out}, without its end, such as {@code System.out::println}. */
    public TerminalNarrator(Look look, Consumer<String> out) {
        this.look = look;
        explainer = new Explainer(look.locale());
        page = new Page(look, labels(), out);
        arrow = new Arrow(look, page, explainer);
        table = new FieldTable(look, page, explainer);
    }

    private List<String> labels() {
        List<String> labels = new ArrayList<>();
        Arrays.stream(Role.values()).map(explainer::role).forEach(labels::add);
        Arrays.stream(Note.Kind.values()).map(explainer::label).forEach(labels::add);
        return labels;
    }

    @Override
    public void read(Step step) {
        if (!look.verbose() && !Brevity.tells(step)) {
            return;
        }
        if (step.event() instanceof ApplicationData data && continuesRun(step, data)) {
            return;
        }
        endRun();
        Explanation explanation = explainer.explain(step);
        openChapter(step);
        tell(step, explanation);
    }

    @Override
    public void end() {
        endRun();
    }

    private void tell(Step step, Explanation explanation) {
        switch (step.event()) {
            case Message message -> message(step, message, explanation);
            case TraceEvent.RecordPassed _ -> page.remark(Ink.QUIET, explanation.actor(), explanation.headline());
            case TraceEvent.ChangeCipherSpec _ -> passage(step, explanation.headline(), -1, explanation);
            case TraceEvent.Alert _ -> passage(step, explanation.headline(), -1, explanation);
            case ApplicationData data -> {
                run.begin(sender(step));
                passage(step, explainer.dataName(), data.length(), explanation);
            }
            case TraceEvent.HandshakeDone _ -> done(step, explanation);
            case TraceEvent.Failed _ -> failure(explanation);
            case TraceEvent.ResumptionDecided _, TraceEvent.ExternalPskChosen _ -> resumption(explanation);
            default -> action(explanation);
        }
    }

    private void openChapter(Step step) {
        if (opened.add(step.chapter())) {
            page.heading(explainer.chapterTitle(step.chapter()), explainer.chapterSummary(step));
        }
    }

    private void message(Step step, Message message, Explanation explanation) {
        page.blank();
        draw(step, message.name(), message.message().length());
        page.sentence(explanation.headline());
        notes(step, explanation);
        if (look.verbose()) {
            table.draw(message.message(), message.fields());
        }
    }

    /** What is no message has no name that tells enough: the reason stands below it, but no more than once in a story. */
    private void passage(Step step, String name, int length, Explanation explanation) {
        page.blank();
        draw(step, name, length);
        if (!look.verbose()) {
            explanation.notes().stream()
                    .filter(note -> note.kind() == Note.Kind.REASON && reasons.add(note.text()))
                    .forEach(note -> page.sentence(note.text()));
        }
        notes(step, explanation);
    }

    /** Who does it, and what; in a short telling no more. */
    private void action(Explanation explanation) {
        page.remark(Ink.HEADING, explanation.actor(), explanation.headline());
        if (look.verbose()) {
            explanation.notes().forEach(this::note);
        }
    }

    /** What is skipped, and why that is safe, is the point of a resumption: a short telling says it too. */
    private void resumption(Explanation explanation) {
        page.remark(Ink.HEADING, explanation.actor(), explanation.headline());
        explanation.notes().stream()
                .filter(note -> look.verbose() || note.kind() == Note.Kind.REASON)
                .forEach(this::note);
    }

    private void done(Step step, Explanation explanation) {
        if (!step.situation().done()) {
            action(explanation);
            return;
        }
        page.blank();
        page.statement(Ink.HEADING, (look.unicode() ? "✓ " : "* ") + explanation.headline());
        page.sentence(
                explainer.list(explanation.notes().stream().map(Note::text).toList()));
    }

    private void failure(Explanation explanation) {
        if (explanation.notes().isEmpty()) {
            action(explanation);
            return;
        }
        page.blank();
        page.statement(Ink.FAILURE, (look.unicode() ? "✗ " : "! ") + explanation.headline());
        explanation.notes().forEach(note -> page.remark(Ink.FAILURE, explainer.label(note.kind()), note.text()));
    }

    /** In a short telling no more than what an eavesdropper sees, and that whenever other keys come into use. */
    private void notes(Step step, Explanation explanation) {
        Protection protection = step.protection();
        boolean newKeys = protection != null && seen.add(protection);
        for (Note note : explanation.notes()) {
            boolean news = switch (note.kind()) {
                case EAVESDROPPER -> newKeys || look.verbose();
                case SECRETS -> look.verbose() && secretsAreNew(note.text());
                case REASON, CONFUSION, AMONG, DETAIL, CAUSE, NOTICED, ALERT, REMEDY -> look.verbose();
            };
            if (news) {
                note(note);
            }
        }
    }

    private boolean secretsAreNew(String secrets) {
        boolean same = secrets.equals(secretsShown);
        secretsShown = secrets;
        return !same;
    }

    private void note(Note note) {
        page.remark(Ink.QUIET, explainer.label(note.kind()), note.text());
    }

    private void draw(Step step, String what, int length) {
        arrow.draw(sender(step), what, length, step.protection());
    }

    private boolean continuesRun(Step step, ApplicationData data) {
        return !look.verbose() && run.continues(sender(step), data.length());
    }

    private void endRun() {
        if (run.more() > 0) {
            page.sentence(explainer.moreData(run.more(), run.length()));
        }
        run.end();
    }

    private static Role sender(Step step) {
        Role sender = step.sender();
        return sender == null ? step.teller() : sender;
    }
}
