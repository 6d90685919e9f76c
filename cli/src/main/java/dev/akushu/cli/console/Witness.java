package dev.akushu.cli.console;

import dev.akushu.explain.Explainer;
import dev.akushu.explain.Explanation;
import dev.akushu.explain.Note;
import dev.akushu.explain.Step;
import dev.akushu.explain.Story;
import dev.akushu.explain.StoryReader;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows one connection and remembers what the program itself tells of it: how the handshake ended, what was checked of the peer, how many tickets
 * came, why it failed. Passes every step on to whoever tells the story.
 */
public final class Witness {
    private final Words words;
    private final Explainer explainer;
    private final Story story;
    private final boolean narrated;
    private final Function<Role, Observer> recorder;
    private final AtomicInteger tickets = new AtomicInteger();
    private final Set<Role> ends = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Explanation done;
    private volatile @Nullable Explanation verdict;
    private volatile @Nullable Explanation failure;

    private Witness(Words words, @Nullable StoryReader narrator, Function<Role, Observer> recorder) {
        this.words = words;
        this.recorder = recorder;
        this.explainer = new Explainer(words.locale());
        this.narrated = narrator != null;
        this.story = new Story(narrator == null ? this::note : reader(narrator));
    }

    /** One that keeps what it sees to itself. */
    static Witness silent(Words words) {
        return new Witness(words, null, _ -> _ -> {});
    }

    /** One whose story {@code narrator} tells to a person. */
    static Witness narratedBy(StoryReader narrator, Words words) {
        return new Witness(words, narrator, _ -> _ -> {});
    }

    /** One whose events are all written down for a program, those of each end by an observer of its own. */
    static Witness recordedBy(Function<Role, Observer> recorder, Words words) {
        return new Witness(words, null, recorder);
    }

    /** What to give to one end's configuration. */
    public Observer observer(Role role) {
        ends.add(role);
        return story.observer(role).and(recorder.apply(role));
    }

    /** Nothing more will happen. */
    public void end() {
        story.end();
    }

    /** How the handshake ended and what was agreed on, in words; empty before it did. */
    public Optional<Explanation> handshake() {
        return Optional.ofNullable(done);
    }

    /** What was checked of the peer's chain or public key, or that nothing was, in words; empty without one. */
    public Optional<Explanation> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Whether a person is told the whole story. */
    public boolean narrates() {
        return narrated;
    }

    /** How many tickets the client has received and kept. */
    public int tickets() {
        return tickets.get();
    }

    /** The failure {@code thrown}, with all that was seen of it. */
    public Failure failure(TlsException thrown) {
        Failure plain = Failure.of(thrown.diagnosis(), words);
        if (ends.size() == 1) {
            plain = plain.forEnd(ends.iterator().next(), words);
        }
        Explanation seen = failure;
        if (seen == null) {
            return plain;
        }
        List<String> details = seen.notes().stream()
                .filter(note -> note.kind() != Note.Kind.CAUSE && note.kind() != Note.Kind.REMEDY)
                .map(note -> words.text("failure.detail", explainer.label(note.kind()), note.text()))
                .toList();
        return plain.with(details, narrated);
    }

    private StoryReader reader(StoryReader narrator) {
        return new StoryReader() {
            @Override
            public void read(Step step) {
                note(step);
                narrator.read(step);
            }

            @Override
            public void end() {
                narrator.end();
            }
        };
    }

    private void note(Step step) {
        switch (step.event()) {
            case TraceEvent.HandshakeDone _ -> done = explainer.explain(step);
            case TraceEvent.PeerChainVerified _ -> verdict = explainer.explain(step);
            case TraceEvent.TicketReceived ticket -> tickets.addAndGet(ticket.kept() ? 1 : 0);
            case TraceEvent.Failed _ -> noteFailure(explainer.explain(step));
            default -> {
                // The story's own business.
            }
        }
    }

    /** The first is the cause; the other end only hears of it. */
    private void noteFailure(Explanation seen) {
        if (failure == null && !seen.notes().isEmpty()) {
            failure = seen;
        }
    }
}
