package dev.akushu.lab.site;

import dev.akushu.lab.stage.Order;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The last runs. */
final class Runs {
    private static final int KEPT = 24;

    private final ExecutorService threads;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private int last;

    Runs(ExecutorService threads) {
        this.threads = threads;
    }

    /** Begins one; the oldest is forgotten for it. */
    synchronized Run begin(Order order) {
        Run run = new Run(Integer.toString(++last), order);
        runs.put(run.id(), run);
        if (runs.size() > KEPT) {
            runs.remove(runs.keySet().iterator().next());
        }
        threads.execute(run::perform);
        return run;
    }

    synchronized Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }
}
