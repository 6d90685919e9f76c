package dev.akushu.cli.serve;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentityFiles;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.CertificateReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Identities in files that may be replaced while the server runs. Who runs it hears of each new certificate that is taken up, and of
 * one that ends, on the thread of the first handshake that meets it.
 */
final class RenewableIdentities implements IdentitySource {
    private final IdentityFiles files;
    private final Console console;
    private final ReentrantLock telling = new ReentrantLock();

    // Only touched by who holds the lock.
    private List<List<Bytes>> chains;
    /** Certificates that are good for now, by the end of that. */
    private final Map<Identity, Instant> ends = new HashMap<>();

    RenewableIdentities(IdentityFiles files, Console console) throws TlsException {
        this.files = files;
        this.console = console;
        List<Identity> current = files.current();
        chains = chains(current);
        watch(current);
    }

    List<Identity> current() {
        return files.current();
    }

    @Override
    public Optional<Identity> choose(Request request) throws TlsException {
        if (telling.tryLock()) {
            try {
                tellOfRenewed(files.current());
                tellOfEnded();
            } finally {
                telling.unlock();
            }
        }
        return files.choose(request);
    }

    @Override
    public List<CertificateType> types() {
        return files.types();
    }

    private void tellOfRenewed(List<Identity> current) throws TlsException {
        List<List<Bytes>> before = chains;
        chains = chains(current);
        if (chains.equals(before)) {
            return;
        }
        for (int i = 0; i < chains.size(); i++) {
            if (!chains.get(i).equals(before.get(i))) {
                tell(current.get(i));
            }
        }
        ends.clear();
        watch(current);
    }

    private void tell(Identity renewed) throws TlsException {
        Instant end = certificate(renewed).notAfter();
        console.event(JsonLine.event("renewed")
                .with("subject", renewed.subject())
                .with("names", renewed.names())
                .with("not_after", end.toString()));
        console.print(
                console.words().text("serve.renewed", renewed.subject(), String.join(", ", renewed.names()), end));
        warnOfTimes(renewed, console);
    }

    private void watch(List<Identity> current) throws TlsException {
        for (Identity identity : current) {
            Instant end = certificate(identity).notAfter();
            if (!now().isAfter(end)) {
                ends.put(identity, end);
            }
        }
    }

    private void tellOfEnded() throws TlsException {
        for (Iterator<Map.Entry<Identity, Instant>> all = ends.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Identity, Instant> one = all.next();
            if (now().isAfter(one.getValue())) {
                warnOfTimes(one.getKey(), console);
                all.remove();
            }
        }
    }

    /** Who can mend it hears of it here, and not first from clients. */
    static void warnOfTimes(Identity identity, Console console) throws TlsException {
        CertificateReader certificate = certificate(identity);
        Words words = console.words();
        Instant now = now();
        if (now.isAfter(certificate.notAfter())) {
            console.warn(words.text("serve.expired", identity.subject(), certificate.notAfter(), now));
        } else if (now.isBefore(certificate.notBefore())) {
            console.warn(words.text("serve.not_yet_valid", identity.subject(), certificate.notBefore(), now));
        }
    }

    private static CertificateReader certificate(Identity identity) throws TlsException {
        return CertificateReader.of(identity.chain().getFirst());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static List<List<Bytes>> chains(List<Identity> identities) {
        return identities.stream().map(Identity::chain).toList();
    }
}
