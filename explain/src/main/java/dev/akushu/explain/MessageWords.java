package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.Message;
import dev.akushu.tls.trace.TraceEvent.RecordPassed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words for what passes the wire. */
final class MessageWords {
    private final Texts texts;
    private final ExtensionWords extensions;

    MessageWords(Texts texts) {
        this.texts = texts;
        this.extensions = new ExtensionWords(texts);
    }

    Explanation message(Step step, Message message) {
        if (step.situation().bothEnds() && message.flow() == Flow.RECEIVED) {
            Note reason = new Note(Note.Kind.REASON, texts.text("message.altered.why"));
            return new Explanation(sender(step), texts.text("message.altered.title"), List.of(reason));
        }
        String key = "message." + message.name();
        String variant = variant(step, message);
        List<Note> notes = new ArrayList<>();
        notes.add(note(Note.Kind.REASON, key, variant, "why"));
        notes.add(note(Note.Kind.EAVESDROPPER, key, variant, "attacker"));
        notes.add(note(Note.Kind.CONFUSION, key, variant, "confusion"));
        notes.addAll(extensions.notes(step, message));
        notes.add(secrets(step.situation().secrets()));
        return new Explanation(sender(step), texts.part(key, variant, "title"), notes);
    }

    Explanation record(Step step, RecordPassed passed) {
        // RFC 9846 5.2: the type on the wire of every protected record is application_data.
        String visibility = passed.protection() == Protection.CLEAR ? "clear" : "protected";
        String direction = passed.flow() == Flow.SENT ? "sent" : "received";
        String form = passed.padding() > 0 ? "padded" : visibility;
        Phrase headline = texts.phrase("record." + direction + "." + form)
                .with("type", passed.type().name().toLowerCase(Locale.ROOT))
                .with("length", passed.length())
                .with("padding", passed.padding());
        Note seen = new Note(Note.Kind.EAVESDROPPER, texts.text("record.seen." + visibility));
        return new Explanation(texts.text("role." + step.teller()), headline.text(), List.of(seen));
    }

    Explanation dummy(Step step) {
        Note reason = new Note(Note.Kind.REASON, texts.text("change_cipher_spec.why"));
        return new Explanation(sender(step), texts.text("change_cipher_spec.headline"), List.of(reason));
    }

    Explanation data(Step step, ApplicationData data) {
        String variant = data.halfRtt() ? "HALF_RTT" : String.valueOf(step.protection());
        List<Note> notes = new ArrayList<>();
        notes.add(note(Note.Kind.REASON, "application_data", variant, "why"));
        if (data.shortened()) {
            notes.add(new Note(Note.Kind.REASON, texts.text("application_data.shortened")));
        }
        notes.add(note(Note.Kind.EAVESDROPPER, "application_data", variant, "attacker"));
        notes.add(note(Note.Kind.CONFUSION, "application_data", variant, "confusion"));
        Phrase headline = texts.phrase("application_data.headline").with("length", data.length());
        return new Explanation(sender(step), headline.text(), notes);
    }

    private Note note(Note.Kind kind, String stem, String variant, String part) {
        return new Note(kind, texts.part(stem, variant, part));
    }

    private Note secrets(List<SecretName> secrets) {
        List<String> names = secrets.stream().map(KeyWords::rfcName).toList();
        String text = secrets.isEmpty() ? texts.text("secrets.none") : texts.value(names);
        return new Note(Note.Kind.SECRETS, text);
    }

    private String sender(Step step) {
        Role sender = step.sender();
        return texts.text("role." + (sender == null ? step.teller() : sender));
    }

    /** Which telling of a message fits: the same message has another point when it resumes, repeats, or comes from a client. */
    private static String variant(Step step, Message message) {
        return switch (message.name()) {
            case "ClientHello" -> step.situation().retried() ? "again" : offersPsk(message) ? psk(step) : "";
            case "ServerHello" ->
                offersPsk(message) ? ExtensionWords.has(message, "key_share") ? psk(step) : "alone" : "";
            case "Certificate" ->
                RawPublicKey.isShownIn(message) ? "raw" : clients(step) ? showsNone(message) ? "none" : "client" : "";
            case "CertificateVerify" ->
                step.situation().rawPublicKey() ? rawKeyOf(step) : clients(step) ? "client" : "";
            case "CompressedCertificate" -> clients(step) ? "client" : "";
            case "Finished" -> clients(step) ? "client" : serverFinished(step.situation());
            default -> "";
        };
    }

    private static String rawKeyOf(Step step) {
        return clients(step) ? "client.raw" : "raw";
    }

    private static String psk(Step step) {
        return step.situation().externalPsk() ? "external" : "resuming";
    }

    private static String serverFinished(Situation situation) {
        return situation.externalPsk() ? "external" : situation.resumed() ? "resuming" : "";
    }

    private static boolean clients(Step step) {
        return step.sender() == Role.CLIENT;
    }

    private static boolean offersPsk(Message message) {
        return ExtensionWords.has(message, "pre_shared_key");
    }

    /** A certificate_list of its three bytes of length and nothing else. RFC 9846 section 4.5.1. */
    private static boolean showsNone(Message message) {
        return message.fields().stream()
                .anyMatch(field -> field.name().equals("certificate_list") && field.length() == 3);
    }
}
