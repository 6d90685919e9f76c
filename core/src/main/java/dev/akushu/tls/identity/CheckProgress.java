package dev.akushu.tls.identity;

import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.ChainChecks;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsException.CertificateRejected;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the checks of one candidate path have come. They are not made certificate by certificate, so each says which it is when
 * it begins and when it has passed; a refusal then tells all three: passed, failed, not reached. For one thread.
 */
final class CheckProgress {
    private final List<Received> certificates;
    private final String anchor;
    private final List<Row> rows = new ArrayList<>();
    private Row present;
    private Instant holdsUntil = Instant.MAX;

    /** One check of the certificate at {@code index}; the anchor comes after the last. {@code detail} is empty until it has passed. */
    private static final class Row {
        private final Kind kind;
        private final int index;
        private String detail = "";
        private boolean passed;

        Row(Kind kind, int index) {
            this.kind = kind;
            this.index = index;
        }
    }

    /** Plans all that will be checked, in the order in which people read it: from the peer's own certificate to the anchor. */
    CheckProgress(CandidatePath path, boolean asksForHost, boolean asksForRevocation) {
        this(path.certificates(), path.anchor().subject(), path.isAnchorItself(), asksForHost, asksForRevocation);
    }

    private CheckProgress(
            List<Received> certificates,
            String anchor,
            boolean isAnchorItself,
            boolean asksForHost,
            boolean asksForRevocation) {
        this.certificates = certificates;
        this.anchor = anchor;
        for (int i = 0; i < certificates.size(); i++) {
            if (!isAnchorItself) {
                rows.add(new Row(Kind.SIGNATURE, i));
            }
            rows.add(new Row(Kind.VALIDITY, i));
            rows.add(new Row(i == 0 ? Kind.USAGE : Kind.AUTHORITY, i));
        }
        rows.add(new Row(Kind.TRUST_ANCHOR, anchorIndex()));
        if (asksForHost) {
            rows.add(new Row(Kind.HOST_NAME, 0));
        }
        if (asksForRevocation && !isAnchorItself) {
            rows.add(new Row(Kind.REVOCATION, 0));
        }
        present = rows.getFirst();
    }

    /** For certificates that lead to no anchor: without a path there is nothing else to check. */
    static CheckProgress withoutAnchor(List<Received> certificates, boolean asksForHost, boolean asksForRevocation) {
        String missing = certificates.getLast().reader().issuerText();
        CheckProgress progress = new CheckProgress(certificates, missing, false, asksForHost, asksForRevocation);
        progress.begin(Kind.TRUST_ANCHOR, progress.anchorIndex());
        return progress;
    }

    /** The anchor's index. */
    int anchorIndex() {
        return certificates.size();
    }

    /** Now this is looked at; a refusal from here on is about this, planned or not. */
    void begin(Kind kind, int index) {
        Row row = planned(kind, index);
        present = row == null ? new Row(kind, index) : row;
    }

    /** It was looked at, and there is nothing to be said against it. */
    void passed(Kind kind, int index, String detail) {
        Row row = planned(kind, index);
        if (row == null) {
            row = new Row(kind, index);
            rows.add(row);
        }
        row.passed = true;
        row.detail = detail;
    }

    /** What was looked at is the same until {@code end} at most, the end of a validity for instance. */
    void holdsUntil(Instant end) {
        holdsUntil = end.isBefore(holdsUntil) ? end : holdsUntil;
    }

    /** What was looked at may be another thing at any moment: an answer out of the network, or none. */
    void holdsForThisMoment() {
        holdsUntil(Instant.MIN);
    }

    /** The last moment at which all that was looked at is known to be the same. */
    Instant holdsUntil() {
        return holdsUntil;
    }

    /** Those that have passed. */
    List<CertificateCheck> checks() {
        List<CertificateCheck> checks = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.passed) {
                checks.add(check(row));
            }
        }
        return List.copyOf(checks);
    }

    /** {@code refusal}, telling how far the checks came. */
    TlsException toldBy(TlsException refusal) {
        if (!(refusal instanceof CertificateRejected rejected)) {
            return refusal;
        }
        List<CertificateCheck> notReached = rows.stream()
                .filter(row -> !row.passed && row != present)
                .map(this::check)
                .toList();
        List<CertificateCheck> passed = rows.stream()
                .filter(row -> row.passed && row != present)
                .map(this::check)
                .toList();
        return rejected.withChecks(new ChainChecks(passed, failed(refusal.diagnosis()), notReached));
    }

    /** The problem knows best which certificate is at fault. */
    private CertificateCheck failed(Diagnosis diagnosis) {
        String subject = subject(present.index);
        List<String> values = new ArrayList<>();
        List<String> names = diagnosis.problem().factNames();
        for (int i = 0; i < names.size(); i++) {
            String value = Objects.toString(diagnosis.facts().get(i));
            if (names.get(i).equals("subject")) {
                subject = value;
            } else {
                values.add(names.get(i) + " " + value);
            }
        }
        return new CertificateCheck(present.kind, subject, String.join(", ", values));
    }

    private CertificateCheck check(Row row) {
        return new CertificateCheck(row.kind, subject(row.index), row.detail);
    }

    private String subject(int index) {
        return index < anchorIndex() ? certificates.get(index).subject() : anchor;
    }

    private @Nullable Row planned(Kind kind, int index) {
        for (Row row : rows) {
            if (row.kind == kind && row.index == index) {
                return row;
            }
        }
        return null;
    }
}
