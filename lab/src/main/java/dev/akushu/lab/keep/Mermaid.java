package dev.akushu.lab.keep;

import dev.akushu.explain.Chapter;
import dev.akushu.explain.Explainer;
import dev.akushu.explain.Note;
import dev.akushu.explain.Step;
import dev.akushu.lab.page.PageTexts;
import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.TimedStep;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A run as sequence diagrams in Mermaid, for a document in Markdown: what passed the wire, and how it ended. */
public final class Mermaid {
    /** What would end a line, or begin a directive (anywhere, by <code>%%{</code>), HTML or an entity; peers choose some of the words. */
    private static final Pattern SPECIAL = Pattern.compile("[#;%<]");

    private final Explainer explainer;
    /** Of the page, which says the same. */
    private final Map<String, String> words;

    private final StringBuilder out = new StringBuilder();

    private Mermaid(Locale locale) {
        explainer = new Explainer(locale);
        words = PageTexts.in(locale);
    }

    /** One diagram for all connections, in English, or in Japanese if {@code locale} is. */
    public static String of(List<Recording> recordings, Locale locale) {
        Mermaid mermaid = new Mermaid(locale);
        mermaid.line("sequenceDiagram");
        for (Role role : Role.values()) {
            mermaid.line("    participant " + letter(role) + " as " + mermaid.explainer.role(role));
        }
        for (Recording recording : recordings) {
            mermaid.connection(recording);
        }
        return mermaid.out.toString();
    }

    private void connection(Recording recording) {
        Chapter chapter = null;
        for (TimedStep timed : recording.steps()) {
            Step step = timed.step();
            if (!isShown(step.event())) {
                continue;
            }
            if (chapter == null || step.chapter().compareTo(chapter) > 0) {
                chapter = step.chapter();
                String number = recording.number() + ": ";
                line("    Note over C,S: " + text(number + explainer.chapterTitle(chapter)));
            }
            step(recording, step);
        }
    }

    private static boolean isShown(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Message _,
                    TraceEvent.ApplicationData _,
                    TraceEvent.Alert _,
                    TraceEvent.Failed _,
                    TraceEvent.HandshakeDone _ -> true;
            default -> false;
        };
    }

    private void step(Recording recording, Step step) {
        Role sender = step.sender();
        Protection protection = step.protection();
        if (recording.isArrival(step)) {
            note(step.teller(), word("row.arrived").replace("{name}", name(step)));
            return;
        }
        if (sender == null || protection == null) {
            note(step.teller(), explainer.explain(step).headline());
            explainer.explain(step).notes().stream()
                    .filter(note -> note.kind() == Note.Kind.CAUSE)
                    .forEach(cause -> note(step.teller(), cause.text()));
            return;
        }
        String altered = recording.isAltered(step) ? ", " + word("row.altered") : "";
        String arrow = protection == Protection.CLEAR ? "-->>" : "->>";
        line("    " + letter(sender) + arrow + letter(sender.peer()) + ": "
                + text(name(step) + " (" + explainer.protection(protection) + ")" + altered));
    }

    private void note(Role over, String words) {
        line("    Note over " + letter(over) + ": " + text(words));
    }

    private String word(String key) {
        return Objects.requireNonNull(words.get(key));
    }

    private String name(Step step) {
        return switch (step.event()) {
            case TraceEvent.Message message ->
                message.name() + ", " + explainer.bytes(message.message().length());
            default -> explainer.explain(step).headline();
        };
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String letter(Role role) {
        return role == Role.CLIENT ? "C" : "S";
    }

    /** On one line, and with entities for what means something in Mermaid. */
    static String text(String plain) {
        return SPECIAL.matcher(plain.replaceAll("\\R", " "))
                .replaceAll(special -> "#" + (int) special.group().charAt(0) + ";");
    }
}
