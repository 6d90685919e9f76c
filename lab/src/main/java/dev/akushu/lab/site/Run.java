package dev.akushu.lab.site;

import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.RecordingJson;
import dev.akushu.lab.record.RecordingListener;
import dev.akushu.lab.record.TimedStep;
import dev.akushu.lab.stage.Order;
import dev.akushu.lab.stage.OrderJson;
import dev.akushu.lab.stage.Performance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One press of the button: a performance, and all that the page is told of it. Any number of pages may listen, from the beginning. */
final class Run implements RecordingListener {
    private static final System.Logger LOG = System.getLogger(Run.class.getName());

    private final String id;
    private final Order order;
    private final Performance performance;
    private final List<Told> events = new ArrayList<>();
    private boolean over;

    Run(String id, Order order) {
        this.id = id;
        this.order = order;
        this.performance = new Performance(order, this);
    }

    String id() {
        return id;
    }

    List<Recording> recordings() {
        return performance.recordings();
    }

    /** Performs; returns when it is over, whatever happened. */
    void perform() {
        try {
            tell(() -> OrderJson.of(order));
            performance.perform();
        } catch (IOException | RuntimeException failed) {
            if (Thread.currentThread().isInterrupted()) {
                // The lab is being closed.
                return;
            }
            // Not a handshake that failed, which the story tells, but this machine or this program.
            LOG.log(System.Logger.Level.ERROR, "The lab could not carry out run " + id, failed);
            tell(() -> "{\"type\":\"trouble\"}");
        } finally {
            finish();
        }
    }

    @Override
    public void begin(Recording recording) {
        tell(() -> RecordingJson.begin(recording));
    }

    @Override
    public void step(Recording recording, TimedStep step) {
        tell(() -> RecordingJson.step(recording, step));
    }

    @Override
    public void end(Recording recording) {
        tell(() -> RecordingJson.wire(recording));
    }

    /** The events from number {@code index} on, waited for if there are none yet; empty if the run ended before it. */
    synchronized List<Told> eventsFrom(int index) throws InterruptedException {
        while (events.size() <= index && !over) {
            wait();
        }
        return List.copyOf(events.subList(index, events.size()));
    }

    /** All that has been told so far. */
    List<String> events() {
        List<Told> told;
        synchronized (this) {
            told = List.copyOf(events);
        }
        return told.stream().map(Told::json).toList();
    }

    private synchronized void tell(Supplier<String> event) {
        events.add(new Told(event));
        notifyAll();
    }

    private synchronized void finish() {
        over = true;
        notifyAll();
    }
}
