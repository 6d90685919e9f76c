package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent.CertificateCompressed;
import dev.akushu.tls.trace.TraceEvent.ClientCertificateRequested;
import dev.akushu.tls.trace.TraceEvent.FinishedChecked;
import dev.akushu.tls.trace.TraceEvent.IdentityChosen;
import dev.akushu.tls.trace.TraceEvent.PeerChainVerified;
import dev.akushu.tls.trace.TraceEvent.ProofOfKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words for who an end is, and for how it is proved. */
final class IdentityWords {
    private final Texts texts;

    IdentityWords(Texts texts) {
        this.texts = texts;
    }

    Explanation chosen(Step step, IdentityChosen identity) {
        SignatureScheme scheme = identity.scheme();
        List<Note> notes = new ArrayList<>();
        Phrase accepted = texts.phrase("identity.accepted").with("list", identity.acceptedByPeer());
        notes.add(new Note(Note.Kind.AMONG, accepted.text()));
        Bytes rawKey = identity.rawKey();
        if (scheme != null && rawKey != null) {
            Phrase headline = texts.phrase("identity.raw")
                    .with("key", RawPublicKey.fingerprint(rawKey))
                    .with("scheme", scheme);
            notes.add(new Note(Note.Kind.CONFUSION, texts.text("key.confusion")));
            return explanation(step, headline.text(), notes);
        }
        if (scheme == null || identity.chain().isEmpty()) {
            return explanation(step, texts.text("identity.none"), notes);
        }
        identity.fulfilled().forEach(wish -> notes.add(fact("identity.fulfilled." + wish)));
        identity.unfulfilled().forEach(wish -> notes.add(fact("identity.unfulfilled." + wish)));
        Phrase headline = texts.phrase("identity.chosen")
                .with("subject", name(identity.chain().getFirst()))
                .with("count", identity.chain().size())
                .with("scheme", scheme);
        return explanation(step, headline.text(), notes);
    }

    private Note fact(String key) {
        return new Note(Note.Kind.REASON, texts.text(key));
    }

    Explanation compressed(Step step, CertificateCompressed compressed) {
        Phrase headline = texts.phrase("certificate.compressed." + compressed.flow())
                .with("algorithm", compressed.algorithm())
                .with("length", compressed.length())
                .with("compressed", compressed.compressedLength());
        Note why = new Note(Note.Kind.REASON, texts.text("certificate.compressed.why"));
        return explanation(step, headline.text(), List.of(why));
    }

    Explanation requested(Step step, ClientCertificateRequested requested) {
        Phrase schemes = texts.phrase("identity.requested.schemes").with("list", requested.schemes());
        List<Note> notes = List.of(new Note(Note.Kind.AMONG, schemes.text()));
        return explanation(step, texts.text("identity.requested." + step.teller()), notes);
    }

    Explanation verified(Step step, PeerChainVerified verified) {
        List<Note> notes = new ArrayList<>();
        for (CertificateCheck check : verified.checks()) {
            notes.add(detail(check));
        }
        if (step.situation().stapled() && !isAnythingKnownOfRevocation(verified)) {
            notes.add(new Note(Note.Kind.REASON, texts.text("chain.status.unproved")));
        }
        boolean raw = verified.chain().isEmpty();
        notes.add(new Note(Note.Kind.CONFUSION, texts.text(raw ? "key.confusion" : "chain.confusion")));
        if (find(verified, CertificateCheck.Kind.DANGER_NOT_CHECKED).isPresent()) {
            return explanation(step, texts.text("chain.danger"), notes);
        }
        String subject = raw ? texts.text("list.none") : name(verified.chain().getFirst());
        Optional<CertificateCheck> remembered = find(verified, CertificateCheck.Kind.REMEMBERED);
        if (remembered.isPresent()) {
            notes.addFirst(new Note(Note.Kind.REASON, texts.text("chain.remembered.why")));
            Phrase headline = texts.phrase("chain.remembered")
                    .with("subject", subject)
                    .with("time", remembered.get().detail());
            return explanation(step, headline.text(), notes);
        }
        String kinds = verified.checks().stream()
                .map(check -> texts.text("check." + check.kind()))
                .distinct()
                .collect(Collectors.joining(texts.text("list.separator")));
        Phrase headline = raw
                ? texts.phrase("key.verified").with("checks", kinds)
                : texts.phrase("chain.verified").with("subject", subject).with("checks", kinds);
        return explanation(step, headline.text(), notes);
    }

    private static boolean isAnythingKnownOfRevocation(PeerChainVerified verified) {
        return find(verified, CertificateCheck.Kind.REVOCATION).isPresent()
                || find(verified, CertificateCheck.Kind.DANGER_NOT_CHECKED).isPresent();
    }

    private static Optional<CertificateCheck> find(PeerChainVerified verified, CertificateCheck.Kind kind) {
        return verified.checks().stream().filter(check -> check.kind() == kind).findFirst();
    }

    Explanation proof(Step step, ProofOfKey proof) {
        boolean made = proof.flow() == Flow.SENT;
        Role signer = made ? step.teller() : step.teller().peer();
        Phrase headline = texts.phrase(made ? "proof.made" : "proof.verified")
                .with("scheme", proof.scheme())
                .with("signer", texts.text("role." + signer));
        Phrase content = texts.phrase("proof.content")
                .with("length", proof.signedContent().length());
        return explanation(
                step,
                headline.text(),
                List.of(
                        new Note(Note.Kind.REASON, texts.text("proof.why")),
                        new Note(Note.Kind.DETAIL, content.text()),
                        new Note(Note.Kind.DETAIL, proof.signedContent().hex())));
    }

    Explanation finished(Step step, FinishedChecked checked) {
        String key = checked.flow() == Flow.SENT ? "finished.made" : "finished.verified";
        return explanation(step, texts.text(key), List.of(new Note(Note.Kind.REASON, texts.text("finished.why"))));
    }

    private Note detail(CertificateCheck check) {
        Phrase row = texts.phrase("check.row")
                .with("check", texts.text("check." + check.kind()))
                .with("subject", check.subject())
                .with("detail", check.detail())
                .with("why", texts.text("check." + check.kind() + ".why"));
        return new Note(Note.Kind.DETAIL, row.text());
    }

    private String name(Bytes certificate) {
        return CertificateNames.subject(certificate)
                .orElseGet(() -> texts.phrase("certificate.unnamed")
                        .with("length", certificate.length())
                        .text());
    }

    private Explanation explanation(Step step, String headline, List<Note> notes) {
        return new Explanation(texts.text("role." + step.teller()), headline, notes);
    }
}
