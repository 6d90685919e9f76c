package dev.akushu.explain;

import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import java.util.List;
import java.util.Locale;

/** Has the words for each step of a story, in English or Japanese. Immutable. */
public final class Explainer {
    private final Texts texts;
    private final MessageWords messages;
    private final AgreementWords agreements;
    private final IdentityWords identities;
    private final KeyWords keys;
    private final TicketWords tickets;
    private final ExternalPskWords psks;
    private final EarlyDataWords earlyData;
    private final EndingWords endings;

    /** Explains in Japanese if {@code locale} is Japanese, otherwise in English. */
    public Explainer(Locale locale) {
        texts = Texts.in(locale);
        messages = new MessageWords(texts);
        agreements = new AgreementWords(texts);
        identities = new IdentityWords(texts);
        keys = new KeyWords(texts);
        tickets = new TicketWords(texts);
        psks = new ExternalPskWords(texts);
        earlyData = new EarlyDataWords(texts);
        endings = new EndingWords(texts);
    }

    /** The step in words. */
    public Explanation explain(Step step) {
        return switch (step.event()) {
            case TraceEvent.Started started -> agreements.started(step, started);
            case TraceEvent.Message message -> messages.message(step, message);
            case TraceEvent.RecordPassed passed -> messages.record(step, passed);
            case TraceEvent.ChangeCipherSpec _ -> messages.dummy(step);
            case TraceEvent.ApplicationData data -> messages.data(step, data);
            case TraceEvent.SuiteChosen suite -> agreements.suite(step, suite);
            case TraceEvent.GroupChosen group -> agreements.group(step, group);
            case TraceEvent.RetryRequested retry -> agreements.retry(step, retry);
            case TraceEvent.ApplicationProtocolChosen protocol -> agreements.protocol(step, protocol);
            case TraceEvent.SharedSecretComputed secret -> keys.shared(step, secret);
            case TraceEvent.KeyExchangeOmitted _ -> keys.omitted(step);
            case TraceEvent.SecretDerived secret -> keys.derived(step, secret);
            case TraceEvent.KeysChanged changed -> keys.changed(step, changed);
            case TraceEvent.KeyUpdated updated -> keys.updated(step, updated);
            case TraceEvent.ResumptionOffered offered -> tickets.offered(step, offered);
            case TraceEvent.ResumptionDecided decided -> tickets.decided(step, decided);
            case TraceEvent.ExternalPsksOffered offered -> psks.offered(step, offered);
            case TraceEvent.ExternalPskChosen chosen -> psks.chosen(step, chosen);
            case TraceEvent.TicketOpened opened -> tickets.opened(step, opened);
            case TraceEvent.TicketSealed sealed -> tickets.sealed(step, sealed);
            case TraceEvent.CertificateCompressed compressed -> identities.compressed(step, compressed);
            case TraceEvent.CookieReturned returned -> agreements.cookie(step, returned);
            case TraceEvent.RecordSizesAgreed agreed -> agreements.recordSizes(step, agreed);
            case TraceEvent.TicketsAnnounced announced -> tickets.announced(step, announced);
            case TraceEvent.TicketReceived received -> tickets.received(step, received);
            case TraceEvent.EarlyDataOffered offered -> earlyData.offered(step, offered);
            case TraceEvent.EarlyDataDecided decided -> earlyData.decided(step, decided);
            case TraceEvent.EarlyDataSkipped skipped -> earlyData.skipped(step, skipped);
            case TraceEvent.EarlyDataResent resent -> earlyData.resent(step, resent);
            case TraceEvent.IdentityChosen chosen -> identities.chosen(step, chosen);
            case TraceEvent.ClientCertificateRequested requested -> identities.requested(step, requested);
            case TraceEvent.PeerChainVerified verified -> identities.verified(step, verified);
            case TraceEvent.ProofOfKey proof -> identities.proof(step, proof);
            case TraceEvent.FinishedChecked checked -> identities.finished(step, checked);
            case TraceEvent.HandshakeDone done -> endings.done(step, done);
            case TraceEvent.Alert alert -> endings.alert(step, alert);
            case TraceEvent.Failed failed -> endings.failed(step, failed);
        };
    }

    /** The language of the words. */
    public Locale locale() {
        return texts.locale();
    }

    /** What a check of a certificate chain is called. */
    public String check(CertificateCheck.Kind kind) {
        return texts.text("check." + kind);
    }

    /** What a certificate has shown that passed it, in a sentence. */
    public String passed(CertificateCheck.Kind kind) {
        return texts.text("check." + kind + ".why");
    }

    /** The heading of a chapter, such as {@code STEP 1  Key exchange}. */
    public String chapterTitle(Chapter chapter) {
        return texts.text("chapter." + chapter + ".title");
    }

    /** What the chapter of {@code step} is about, in a sentence. */
    public String chapterSummary(Step step) {
        Situation situation = step.situation();
        String variant = situation.externalPsk() ? "external" : situation.resumed() ? "resumed" : "";
        return texts.part("chapter." + step.chapter(), variant, "summary");
    }

    /** What an end is called. */
    public String role(Role role) {
        return texts.text("role." + role);
    }

    /** Whose keys protect something, in a word or two: {@code handshake keys}. */
    public String protection(Protection protection) {
        return texts.text("protection." + protection);
    }

    /** What {@code protection} means for who can read it. */
    public String protectionMeaning(Protection protection) {
        return texts.text("protection." + protection + ".meaning");
    }

    /** What a secret is for. */
    public String purpose(SecretName secret) {
        return texts.text("secret." + secret);
    }

    /** A word that stands before notes of this kind. */
    public String label(Note.Kind kind) {
        return texts.text("label." + kind);
    }

    /** Any number of bytes: {@code 1,530 bytes}. */
    public String bytes(long count) {
        return texts.phrase(count == 1 ? "bytes.one" : "bytes")
                .with("count", count)
                .text();
    }

    /** What a record of application data is called. */
    String dataName() {
        return texts.text("application_data.name");
    }

    /** The items one after another, as this language separates them. */
    String list(List<String> items) {
        return String.join(texts.text("list.separator"), items);
    }

    /** Sums up records of application data that are not told one by one. */
    String moreData(int records, long bytes) {
        return texts.phrase("application_data.more")
                .with("records", records)
                .with("length", bytes)
                .text();
    }
}
