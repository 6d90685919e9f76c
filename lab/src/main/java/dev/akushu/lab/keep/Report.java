package dev.akushu.lab.keep;

import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.RecordingJson;
import dev.akushu.lab.record.RecordingListener;
import dev.akushu.lab.record.TimedStep;
import dev.akushu.tls.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** The connections of a client, written down to be kept as a file. Safe for use by the threads of the connections. */
public final class Report {
    private final List<Recording> recordings = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /** A report of no connection yet. */
    public Report() {}

    /** Begins to write down the next connection, of which the client alone tells. */
    public synchronized Recording begin() {
        Recording recording = new Recording(
                recordings.size() + 1, Recording.Part.MAIN, EnumSet.of(Role.CLIENT), new RecordingListener() {
                    @Override
                    public void begin(Recording of) {
                        tell(RecordingJson.begin(of));
                    }

                    @Override
                    public void step(Recording of, TimedStep step) {
                        tell(RecordingJson.step(of, step));
                    }

                    @Override
                    public void end(Recording of) {
                        tell(RecordingJson.wire(of));
                    }
                });
        recordings.add(recording);
        return recording;
    }

    /** The whole file. */
    public synchronized byte[] as(Form form, Locale locale) {
        return form.of(List.copyOf(recordings), List.copyOf(events), locale);
    }

    private synchronized void tell(String event) {
        events.add(event);
    }
}
