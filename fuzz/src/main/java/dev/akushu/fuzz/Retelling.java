package dev.akushu.fuzz;

import dev.akushu.explain.Explainer;
import dev.akushu.explain.JsonEvents;
import dev.akushu.explain.Step;
import dev.akushu.explain.Story;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Observer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells a connection in both languages and as JSON. An engine goes on when its observer fails, so that a failure here
 * would go by unseen; it is kept instead.
 */
final class Retelling {
    private static final List<Explainer> EXPLAINERS =
            List.of(new Explainer(Locale.ENGLISH), new Explainer(Locale.JAPANESE));

    private final Story story = new Story(Retelling::tell);
    private final Observer observer;
    private @Nullable RuntimeException failed;

    Retelling(Role role) {
        Observer all = story.observer(role).and(new JsonEvents(role, Locale.ENGLISH, _ -> {}));
        this.observer = event -> {
            try {
                all.on(event);
            } catch (RuntimeException defect) {
                failed = defect;
            }
        };
    }

    Observer observer() {
        return observer;
    }

    void end() {
        story.end();
        if (failed != null) {
            throw failed;
        }
    }

    private static void tell(Step step) {
        for (Explainer explainer : EXPLAINERS) {
            if (explainer.explain(step).headline().isBlank()) {
                throw new IllegalStateException("a step without words: " + step);
            }
        }
    }
}
