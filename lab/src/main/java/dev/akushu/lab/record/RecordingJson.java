package dev.akushu.lab.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.akushu.explain.Explainer;
import dev.akushu.explain.Explanation;
import dev.akushu.explain.JsonEvents;
import dev.akushu.explain.Note;
import dev.akushu.explain.Step;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recording as JSON, for the page and to keep. Each object has a {@code type}: {@code connection} when one begins,
 * {@code step} for each step of its story in both languages, {@code wire} when it is over, with all records as they passed. No
 * secrets.
 */
public final class RecordingJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<Explainer> EXPLAINERS =
            List.of(new Explainer(Locale.ENGLISH), new Explainer(Locale.JAPANESE));
    private static final long NANOS_IN_MICRO = 1000;

    private RecordingJson() {}

    /** That a connection begins. */
    public static String begin(Recording recording) {
        return object(json -> {
            json.writeStringField("type", "connection");
            json.writeNumberField("connection", recording.number());
            json.writeStringField("part", lower(recording.part()));
            json.writeArrayFieldStart("ends");
            for (Role role : recording.ends()) {
                json.writeString(lower(role));
            }
            json.writeEndArray();
        });
    }

    /** A step of the story. */
    public static String step(Recording recording, TimedStep timed) {
        Step step = timed.step();
        return object(json -> {
            json.writeStringField("type", "step");
            json.writeNumberField("connection", recording.number());
            json.writeNumberField("number", step.number());
            json.writeNumberField("micros", timed.nanos() / NANOS_IN_MICRO);
            json.writeStringField("chapter", lower(step.chapter()));
            json.writeStringField("teller", lower(step.teller()));
            json.writeStringField("sender", lower(step.sender()));
            json.writeStringField("protection", lower(step.protection()));
            situation(json, step);
            event(json, step);
            if (recording.isArrival(step)) {
                json.writeBooleanField("arrival", true);
            }
            if (step.event() instanceof TraceEvent.Message message) {
                fields(json, message);
            }
            for (Explainer explainer : EXPLAINERS) {
                words(json, explainer, step);
            }
        });
    }

    /** The end of a connection: its records, and which of them carry what the steps tell of. */
    public static String wire(Recording recording) {
        return object(json -> {
            json.writeStringField("type", "wire");
            json.writeNumberField("connection", recording.number());
            json.writeStringField("beganAt", recording.beganAt().toString());
            json.writeArrayFieldStart("records");
            for (WireRecord record : recording.records()) {
                json.writeStartObject();
                json.writeStringField("sender", lower(record.sender()));
                json.writeNumberField("number", record.number());
                json.writeNumberField("micros", record.nanos() / NANOS_IN_MICRO);
                json.writeStringField("hex", record.bytes().hex());
                json.writeStringField(
                        "altered", record.isAltered() ? record.altered().hex() : null);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("places");
            for (TimedStep timed : recording.steps()) {
                places(json, timed.step(), recording.places(timed.step().event()));
            }
            json.writeEndObject();
        });
    }

    private static void places(JsonGenerator json, Step step, List<Piece> pieces) throws IOException {
        if (pieces.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(Integer.toString(step.number()));
        for (Piece piece : pieces) {
            json.writeArray(
                    new int[] {piece.record(), piece.contentOffset(), piece.messageOffset(), piece.length()}, 0, 4);
        }
        json.writeEndArray();
    }

    private static void situation(JsonGenerator json, Step step) throws IOException {
        json.writeNumberField("roundTrips", step.situation().roundTrips());
        json.writeBooleanField("resumed", step.situation().resumed());
        json.writeBooleanField("done", step.situation().done());
        json.writeArrayFieldStart("secrets");
        for (Object secret : step.situation().secrets()) {
            json.writeString(lower(secret));
        }
        json.writeEndArray();
    }

    /** By the same names as {@code --json} has them. The texts of a failure stand in the words, in both languages. */
    private static void event(JsonGenerator json, Step step) throws IOException {
        StringBuilder line = new StringBuilder();
        new JsonEvents(step.teller(), Locale.ENGLISH, line::append).on(step.event());
        json.writeFieldName("event");
        json.writeRawValue(line.toString());
        List<Bytes> chain = switch (step.event()) {
            case TraceEvent.PeerChainVerified verified -> verified.chain();
            case TraceEvent.IdentityChosen chosen -> chosen.chain();
            default -> List.of();
        };
        if (!chain.isEmpty()) {
            CertificateJson.write(json, chain);
        }
    }

    private static void fields(JsonGenerator json, TraceEvent.Message message) throws IOException {
        List<Field> fields = message.fields();
        json.writeArrayFieldStart("fields");
        for (Field field : fields) {
            json.writeStartArray();
            json.writeNumber(field.depth());
            json.writeString(field.name());
            json.writeNumber(field.offset());
            json.writeNumber(field.length());
            json.writeString(field.meaning());
            json.writeEndArray();
        }
        json.writeEndArray();
        List<Bytes> chain = CertificateJson.in(message, fields);
        if (!chain.isEmpty()) {
            CertificateJson.write(json, chain);
        }
    }

    private static void words(JsonGenerator json, Explainer explainer, Step step) throws IOException {
        boolean japanese = explainer.locale().equals(Locale.JAPANESE);
        Explanation explanation = explainer.explain(step);
        json.writeObjectFieldStart(japanese ? "ja" : "en");
        json.writeStringField("actor", explanation.actor());
        json.writeStringField("headline", explanation.headline());
        json.writeStringField("chapter", explainer.chapterTitle(step.chapter()));
        json.writeStringField("summary", explainer.chapterSummary(step));
        json.writeArrayFieldStart("notes");
        for (Note note : explanation.notes()) {
            json.writeStartArray();
            json.writeString(lower(note.kind()));
            json.writeString(note.text());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static String object(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a StringWriter does not fail", impossible);
        }
        return text.toString();
    }

    private static @Nullable String lower(@Nullable Object value) {
        return value == null ? null : value.toString().toLowerCase(Locale.ROOT);
    }
}
