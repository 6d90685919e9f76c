package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.Alert;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.ChangeCipherSpec;
import dev.akushu.tls.trace.TraceEvent.Message;
import dev.akushu.tls.trace.TraceEvent.RecordPassed;
import java.util.ArrayList;
import java.util.List;

/** Events of two ends in the order in which they happen when each answers at once. */
final class Script {
    private final List<Told> events = new ArrayList<>();

    /** {@code role} tells {@code event}; what it sends is received by the other end at once. */
    Script add(Role role, TraceEvent... happened) {
        for (TraceEvent event : happened) {
            events.add(new Told(role, event));
            TraceEvent received = received(event);
            if (!received.equals(event)) {
                events.add(new Told(role.peer(), received));
            }
        }
        return this;
    }

    /** {@code role} tells {@code event}, which the other end does not get to see. */
    Script alone(Role role, TraceEvent... happened) {
        for (TraceEvent event : happened) {
            events.add(new Told(role, event));
        }
        return this;
    }

    /** All that happened, at both ends. */
    List<Told> events() {
        return List.copyOf(events);
    }

    /** What one end tells. */
    List<TraceEvent> of(Role role) {
        return events.stream()
                .filter(told -> told.teller() == role)
                .map(Told::event)
                .toList();
    }

    /** The steps of the story that both ends tell. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        play(steps::add);
        return steps;
    }

    /** Tells {@code reader} the story by both ends. */
    void play(StoryReader reader) {
        Story story = new Story(reader);
        var client = story.observer(Role.CLIENT);
        var server = story.observer(Role.SERVER);
        for (Told told : events) {
            (told.teller() == Role.CLIENT ? client : server).on(told.event());
        }
        story.end();
    }

    /** Tells {@code reader} the story by one end. */
    void play(Role role, StoryReader reader) {
        Story story = new Story(reader);
        of(role).forEach(story.observer(role)::on);
        story.end();
    }

    private static TraceEvent received(TraceEvent event) {
        return switch (event) {
            case Message m -> new Message(Flow.RECEIVED, m.type(), m.name(), m.protection(), m.message());
            case ApplicationData data -> new ApplicationData(Flow.RECEIVED, data.length(), data.protection());
            case Alert alert -> new Alert(Flow.RECEIVED, alert.code(), alert.fatal());
            case RecordPassed r -> new RecordPassed(Flow.RECEIVED, r.type(), r.length(), r.padding(), r.protection());
            case ChangeCipherSpec _ -> new ChangeCipherSpec(Flow.RECEIVED);
            default -> event;
        };
    }
}
