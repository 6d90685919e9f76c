package dev.akushu.cli.connect;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.explain.Explanation;
import dev.akushu.explain.Printable;
import dev.akushu.explain.RawPublicKey;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.SignedCertificateTimestamp;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Tells a person what a connection is like: what was agreed on, and who the server is. */
final class ConnectionFacts {
    private static final int MOST_NAMES = 6;

    private final Call call;
    private final Target target;
    private final Console console;
    private final Words words;

    ConnectionFacts(Call call, Target target, Console console) {
        this.call = call;
        this.target = target;
        this.console = console;
        this.words = console.words();
    }

    void print() {
        String address = call.connection().remoteAddress().getAddress().getHostAddress();
        console.status(words.text("connect.connected", target, address));
        call.witness().handshake().ifPresent(this::agreement);
        TlsSession session = call.session();
        Bytes key = session.rawPublicKey();
        if (key != null) {
            console.status("  " + words.text("connect.raw_key", RawPublicKey.fingerprint(key)));
        }
        String whose = session.resumed() ? "connect.certificate.resumed" : "connect.certificate";
        List<Bytes> chain = session.peerCertificates();
        for (int i = 0; i < chain.size(); i++) {
            certificate(i == 0 ? whose : "connect.certificate.next", chain.get(i), i == 0);
        }
        call.connection().handshakeFacts().stream()
                .flatMap(handshake -> handshake.timestamps().stream())
                .forEach(this::timestamp);
    }

    /** Which logs say that the certificate was published; nobody has verified their signatures. RFC 6962. */
    private void timestamp(Bytes serialized) {
        try {
            SignedCertificateTimestamp timestamp = SignedCertificateTimestamp.of(serialized);
            console.status("    "
                    + words.text(
                            "connect.timestamp",
                            timestamp.timestamp(),
                            timestamp.logId().hex()));
        } catch (TlsException malformed) {
            console.status("    " + words.text("connect.timestamp.unreadable", serialized.length()));
        }
    }

    /** In the words of the story, which has told it already if it was told. */
    private void agreement(Explanation handshake) {
        if (!call.witness().narrates()) {
            console.status("  " + handshake.headline());
            handshake.notes().forEach(note -> console.status("  " + note.text()));
            call.witness().verdict().ifPresent(verdict -> console.status("  " + verdict.headline()));
        }
    }

    private void certificate(String title, Bytes der, boolean own) {
        CertificateFacts.of(der)
                .ifPresentOrElse(
                        facts -> certificate(title, facts, own),
                        () -> console.status("  " + words.text("connect.certificate.unreadable")));
    }

    private void certificate(String title, CertificateFacts facts, boolean own) {
        console.status("  " + words.text(title, Printable.of(facts.subject()), Printable.of(facts.issuer())));
        console.status("    "
                + words.text(
                        "connect.validity",
                        date(facts.notBefore()),
                        date(facts.notAfter()),
                        Duration.between(Instant.now(), facts.notAfter()).toDays()));
        if (own && !facts.names().isEmpty()) {
            console.status("    " + words.text("connect.names", names(facts.names())));
        }
    }

    private static String names(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return Printable.of(names.size() > MOST_NAMES ? shown + ", ..." : shown);
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
