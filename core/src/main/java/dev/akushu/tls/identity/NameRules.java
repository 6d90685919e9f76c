package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names in a path against the name constraints of its issuers, the anchor among them: RFC 5280 sections 4.2.1.10 and
 * 6.1. The JDK's validator passes over the anchor's, and takes a common name for a host.
 */
final class NameRules {
    /** Every name is compared with every constraint: beyond this many comparisons only an attack goes. */
    private static final int MOST_COMPARISONS = 250_000;

    private final CandidatePath path;
    private final List<Constrained> issuers;

    private NameRules(CandidatePath path, List<Constrained> issuers) {
        this.path = path;
        this.issuers = issuers;
    }

    /** Reads the constraints of all issuers in {@code path}. */
    static NameRules of(CandidatePath path) throws TlsException {
        List<Constrained> issuers = new ArrayList<>();
        for (int i = 1; i < path.certificates().size(); i++) {
            Received issuer = path.certificates().get(i);
            add(issuers, i, issuer.subject(), issuer.reader().extension(NameConstraints.OBJECT_IDENTIFIER));
        }
        int last = path.certificates().size();
        add(issuers, last, path.anchor().subject(), path.anchor().nameConstraints());
        return new NameRules(path, List.copyOf(issuers));
    }

    /**
     * Throws for the first name that an issuer may not certify.
     *
     * @param hostName whom the peer has to be, or null if that is not known here
     */
    void check(@Nullable String hostName) throws TlsException {
        if (issuers.isEmpty()) {
            return;
        }
        List<List<GeneralName>> names = new ArrayList<>();
        for (Received certificate : path.certificates()) {
            names.add(names(certificate));
        }
        expectFewComparisons(names);
        for (int i = 0; i < names.size(); i++) {
            Received certificate = path.certificates().get(i);
            // RFC 5280 6.1.3: not for what a CA issued to itself, such as a certificate for its next key.
            if (i == 0 || !certificate.isSelfIssued()) {
                expectAllowed(i, certificate, names.get(i));
            }
        }
        expectHostAllowed(hostName, names.getFirst());
    }

    private void expectFewComparisons(List<List<GeneralName>> names) throws TlsException {
        long subtrees = issuers.stream()
                .mapToLong(issuer -> issuer.constraints().size())
                .sum();
        if (names.stream().mapToLong(List::size).sum() * subtrees > MOST_COMPARISONS) {
            throw Problem.CERTIFICATE_PATH_INVALID.with(
                    path.own().subject(), "it has too many names and its issuers too many name constraints");
        }
    }

    private void expectAllowed(int index, Received certificate, List<GeneralName> names) throws TlsException {
        for (Constrained issuer : issuers) {
            for (GeneralName name : index < issuer.index() ? names : List.<GeneralName>of()) {
                try {
                    if (!issuer.constraints().allow(name)) {
                        throw refusal(certificate, name.text(), issuer);
                    }
                } catch (DerException e) {
                    throw Problem.CERTIFICATE_PATH_INVALID.causedBy(
                            e, certificate.subject(), "its issuer's name constraints cannot be applied: " + e.reason());
                }
            }
        }
    }

    /**
     * A wildcard can be outside of what is excluded and still match a host within. So the host itself is looked at; where it is
     * not known, none of those excluded may match.
     */
    private void expectHostAllowed(@Nullable String hostName, List<GeneralName> names) throws TlsException {
        for (Constrained issuer : issuers) {
            if (hostName != null) {
                if (issuer.excludesHost(hostName)) {
                    throw refusal(path.own(), hostName, issuer);
                }
                continue;
            }
            for (GeneralName name : names) {
                if (name.tag() == GeneralName.DNS_NAME && issuer.constraints().excludesBehind(name.text())) {
                    throw refusal(path.own(), name.text(), issuer);
                }
            }
        }
    }

    private static TlsException refusal(Received certificate, String name, Constrained issuer) {
        return Problem.NAME_NOT_ALLOWED.with(certificate.subject(), name, issuer.subject());
    }

    private static List<GeneralName> names(Received certificate) throws TlsException {
        try {
            return GeneralName.of(certificate.reader());
        } catch (DerException e) {
            throw Problem.CERTIFICATE_PATH_INVALID.causedBy(
                    e, certificate.subject(), "its names are malformed: " + e.reason());
        }
    }

    private static void add(List<Constrained> issuers, int index, String subject, Optional<Bytes> extension)
            throws TlsException {
        if (extension.isEmpty()) {
            return;
        }
        try {
            issuers.add(new Constrained(index, subject, NameConstraints.read(extension.get())));
        } catch (DerException e) {
            throw Problem.CERTIFICATE_PATH_INVALID.causedBy(
                    e, subject, "its name constraints are malformed: " + e.reason());
        }
    }

    /**
     * An issuer with constraints.
     *
     * @param index its place in the path; the anchor's is behind the last certificate
     */
    private record Constrained(int index, String subject, NameConstraints constraints) {
        boolean excludesHost(String hostName) {
            String name = hostName.endsWith(".") ? hostName.substring(0, hostName.length() - 1) : hostName;
            if (!HostNames.isName(name) || HostNames.ipAddress(hostName).isPresent()) {
                return false;
            }
            try {
                return constraints.exclude(GeneralName.dns(name));
            } catch (DerException e) {
                throw new IllegalStateException("a DNS name can always be compared: " + name, e);
            }
        }
    }
}
