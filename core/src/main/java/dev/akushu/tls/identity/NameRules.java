package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules about the names in a path that the JDK's validator does not have. */
final class NameRules {
    /** The validator compares every name with every constraint: beyond this many comparisons only an attack goes. */
    private static final int MOST_COMPARISONS = 250_000;

    private final CandidatePath path;
    private final List<NameConstraints> constraints;

    private NameRules(CandidatePath path, List<NameConstraints> constraints) {
        this.path = path;
        this.constraints = constraints;
    }

    /** Reads the constraints of all issuers in {@code path}. */
    static NameRules of(CandidatePath path) throws TlsException {
        List<NameConstraints> all = new ArrayList<>();
        for (Received issuer : path.intermediates()) {
            read(issuer.subject(), issuer.reader().extension(NameConstraints.OBJECT_IDENTIFIER))
                    .ifPresent(all::add);
        }
        read(path.anchor().subject(), path.anchor().nameConstraints()).ifPresent(all::add);
        return new NameRules(path, List.copyOf(all));
    }

    /** To be checked before the validator does the comparisons. */
    void expectFewComparisons() throws TlsException {
        long subtrees = constraints.stream().mapToLong(NameConstraints::size).sum();
        long names = 0;
        for (Received certificate : subtrees == 0 ? List.<Received>of() : path.certificates()) {
            names += names(certificate.reader());
        }
        if (names * subtrees > MOST_COMPARISONS) {
            throw Problem.CERTIFICATE_PATH_INVALID.with(
                    path.own().subject(), "it has too many names and its issuers too many name constraints");
        }
    }

    /** To be checked for a host that the certificate names. */
    void expectNotExcluded(String hostName) throws TlsException {
        if (constraints.stream().anyMatch(constraint -> constraint.exclude(hostName))) {
            throw Problem.CERTIFICATE_PATH_INVALID.with(
                    path.own().subject(), "the name constraints of its issuers exclude " + hostName);
        }
    }

    private static Optional<NameConstraints> read(String issuer, Optional<Bytes> extension) throws TlsException {
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(NameConstraints.read(extension.get()));
        } catch (DerException e) {
            throw Problem.CERTIFICATE_PATH_INVALID.causedBy(
                    e, issuer, "its name constraints are malformed: " + e.reason());
        }
    }

    /** How many names the validator finds in the subject and in the extension. */
    private static long names(CertificateReader certificate) {
        int inSubject = elements(certificate.subject());
        int alternative = certificate
                .extension(SubjectAltNames.OBJECT_IDENTIFIER)
                .map(NameRules::elements)
                .orElse(0);
        return (long) inSubject + alternative;
    }

    private static int elements(Bytes sequence) {
        try {
            DerReader elements = DerReader.of(sequence.toArray()).enter(DerReader.SEQUENCE, "names");
            int count = 0;
            while (elements.hasMore()) {
                elements.enterNext("name");
                count++;
            }
            return count;
        } catch (DerException _) {
            // Malformed names are the validator's to refuse; what is counted is an upper bound of what it may read.
            return sequence.length() / 2;
        }
    }
}
