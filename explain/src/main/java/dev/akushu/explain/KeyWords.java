package dev.akushu.explain;

import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent.KeyUpdated;
import dev.akushu.tls.trace.TraceEvent.KeysChanged;
import dev.akushu.tls.trace.TraceEvent.SecretDerived;
import dev.akushu.tls.trace.TraceEvent.SharedSecretComputed;
import java.util.List;
import java.util.Locale;

/** Words for secrets and keys. */
final class KeyWords {
    private final Texts texts;

    KeyWords(Texts texts) {
        this.texts = texts;
    }

    Explanation shared(Step step, SharedSecretComputed secret) {
        boolean both = step.situation().bothEnds();
        Phrase headline = texts.phrase(both ? "shared_secret.both" : "shared_secret.one")
                .with("group", secret.group())
                .with("length", secret.secretLength());
        String actor = both ? texts.text("role.BOTH") : texts.text("role." + step.teller());
        return new Explanation(actor, headline.text(), List.of(reason("shared_secret.why")));
    }

    Explanation omitted(Step step) {
        String actor = step.situation().bothEnds() ? "role.BOTH" : "role." + step.teller();
        return new Explanation(
                texts.text(actor),
                texts.text(step.situation().bothEnds() ? "key_exchange.omitted.both" : "key_exchange.omitted.one"),
                List.of(reason("key_exchange.omitted.why"), reason("key_exchange.omitted.danger")));
    }

    Explanation derived(Step step, SecretDerived secret) {
        Phrase headline = texts.phrase("secret.derived").with("name", rfcName(secret.name()));
        boolean alone =
                secret.name() == SecretName.HANDSHAKE_SECRET && step.situation().pskAlone();
        return new Explanation(
                actor(step), headline.text(), List.of(reason("secret." + secret.name() + (alone ? ".alone" : ""))));
    }

    Explanation changed(Step step, KeysChanged keys) {
        String direction = keys.flow() == Flow.SENT ? "keys.sending" : "keys.receiving";
        Phrase headline = texts.phrase(direction)
                .with("protection", texts.text("protection." + keys.protection()))
                .with("generation", keys.generation());
        String variant = step.situation().pskAlone() ? "alone" : "";
        Note meaning = new Note(Note.Kind.REASON, texts.part("protection." + keys.protection(), variant, "meaning"));
        return new Explanation(actor(step), headline.text(), List.of(meaning));
    }

    Explanation updated(Step step, KeyUpdated updated) {
        String direction = updated.flow() == Flow.SENT ? "update.sending" : "update.receiving";
        String answer = updated.answerRequested() ? "update.answered" : "update.unanswered";
        return new Explanation(actor(step), texts.text(direction), List.of(reason(answer)));
    }

    /** The RFC's spelling, such as {@code client_handshake_traffic_secret}. RFC 9846 section 7.1. */
    static String rfcName(SecretName secret) {
        return secret.name().toLowerCase(Locale.ROOT);
    }

    private Note reason(String key) {
        return new Note(Note.Kind.REASON, texts.text(key));
    }

    private String actor(Step step) {
        return texts.text("role." + step.teller());
    }
}
