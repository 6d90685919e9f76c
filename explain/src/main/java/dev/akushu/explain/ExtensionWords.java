package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.trace.TraceEvent.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Words for what the extensions of a message ask and say. */
final class ExtensionWords {
    /** The extensions of certificates for which there is a rule, by their OIDs in DER. RFC 9846 section 4.3.5. */
    private static final Map<Bytes, String> FILTERED =
            Map.of(Bytes.fromHex("0603551d0f"), "keyUsage", Bytes.fromHex("0603551d25"), "extKeyUsage");

    private final Texts texts;

    ExtensionWords(Texts texts) {
        this.texts = texts;
    }

    /** A note for each thing in {@code message} that a reader would not guess. */
    List<Note> notes(Step step, Message message) {
        List<Note> notes = new ArrayList<>();
        if (message.type() == HandshakeType.CLIENT_HELLO && step.situation().permutesExtensions()) {
            notes.add(confusion("message.permuted"));
        }
        if (message.fields().stream().anyMatch(field -> field.meaning().startsWith("GREASE("))) {
            notes.add(confusion("message.grease"));
        }
        // Other fields may mean the same text, because the peer chooses it: a protocol's name.
        if (fields(message, "PskKeyExchangeMode")
                .anyMatch(mode -> mode.meaning().equals("psk_ke"))) {
            notes.add(confusion("message.psk_ke"));
        }
        if (has(message, "certificate_authorities")) {
            notes.add(reason("message.authorities"));
        }
        if (has(message, "signature_algorithms_cert")) {
            notes.add(reason("message.certificate_schemes"));
        }
        if (has(message, "oid_filters")) {
            notes.add(filters(message));
        }
        besideCertificates(step, message, notes);
        return notes;
    }

    static boolean has(Message message, String extension) {
        return fields(message, "extension_type").anyMatch(type -> type.meaning().equals(extension));
    }

    /** What stands beside a certificate, or is asked for. */
    private void besideCertificates(Step step, Message message, List<Note> notes) {
        boolean asks = message.type() != HandshakeType.CERTIFICATE;
        if (has(message, "status_request")) {
            notes.add(reason(asks ? "message.status.asked" : "message.status"));
        }
        // RFC 7633 4.2.3: nobody looks for the demand in a client's certificate.
        if (step.sender() == Role.SERVER && MustStaple.isDemandedIn(message)) {
            notes.add(reason("message.must_staple"));
        }
        if (has(message, "signed_certificate_timestamp")) {
            notes.add(reason(asks ? "message.timestamps.asked" : "message.timestamps"));
        }
    }

    private Note filters(Message message) {
        List<String> wanted = fields(message, "certificate_extension_oid")
                .map(oid -> message.message().slice(oid.offset() + 1, oid.length() - 1))
                .map(oid -> FILTERED.getOrDefault(oid, oid.hex()))
                .toList();
        return new Note(
                Note.Kind.REASON,
                texts.phrase("message.oid_filters").with("list", wanted).text());
    }

    private static Stream<Field> fields(Message message, String name) {
        return message.fields().stream().filter(field -> field.name().equals(name));
    }

    private Note reason(String key) {
        return new Note(Note.Kind.REASON, texts.text(key));
    }

    private Note confusion(String key) {
        return new Note(Note.Kind.CONFUSION, texts.text(key));
    }
}
