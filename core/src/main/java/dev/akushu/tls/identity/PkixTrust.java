package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Revocation;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trust by certificate paths, RFC 5280: the peer's certificate must lead to one of the anchors. Paths are found here,
 * in whatever order the certificates come; each is validated by the JDK, and by the rules that it lacks. What was
 * accepted is remembered for a short while, authorities and the signatures on their certificates as long as there is room. Immutable but for that.
 */
public final class PkixTrust implements Trust {
    /** More certificates than any real chain has, its superfluous ones included. */
    private static final int LONGEST_CHAIN = 10;

    private final TrustAnchors anchors;
    private final InstantSource clock;
    private final Optional<RevocationCheck> revocation;
    private final @Nullable Crypto crypto;
    // Of this trust alone, since its verdicts depend on all of the above.
    private final RememberedVerdicts remembered = new RememberedVerdicts();
    private final RememberedSignatures verified = new RememberedSignatures();
    /** Of authorities on paths that were valid: the chains of many servers share them. */
    private final KnownCertificates<Received> authorities = new KnownCertificates<>();

    private PkixTrust(
            TrustAnchors anchors, InstantSource clock, Optional<RevocationCheck> revocation, @Nullable Crypto crypto) {
        this.anchors = anchors;
        this.clock = clock;
        this.revocation = revocation;
        this.crypto = crypto;
    }

    /** Trusts {@code anchors}; {@code storeName} is how texts call the set. */
    public static PkixTrust of(Collection<X509Certificate> anchors, String storeName) {
        return new PkixTrust(TrustAnchors.of(anchors, storeName), InstantSource.system(), Optional.empty(), null);
    }

    /** Trusts all certificates in a PEM file. */
    public static PkixTrust fromPem(Path file) throws TlsException {
        return of(AnchorStores.pem(file), file.toString());
    }

    /**
     * Trusts what JSSE would by default: the store in {@code javax.net.ssl.trustStore}, or the JDK's {@code cacerts}.
     *
     * @throws TlsException {@link Problem#FILE_UNREADABLE} if the store cannot be read or is empty
     */
    public static PkixTrust system() throws TlsException {
        return of(AnchorStores.system(), AnchorStores.systemName());
    }

    /** The same with another clock than the system's. */
    public PkixTrust withClock(InstantSource source) {
        return new PkixTrust(anchors, source, revocation, crypto);
    }

    /** The same, but certificates that were revoked are refused. */
    public PkixTrust withRevocation(Revocation value) {
        return new PkixTrust(anchors, clock, Optional.of(new RevocationCheck(value)), crypto);
    }

    /** This very one if it is so already, so that what it remembers stays when a configuration is made from another. */
    @Override
    public Trust using(Crypto value) {
        return Objects.equals(crypto, value) ? this : new PkixTrust(anchors, clock, revocation, value);
    }

    @Override
    public List<Bytes> authorities() {
        return anchors.authorities();
    }

    /** A server's response costs nobody a journey, and its certificate may demand one (RFC 7633); few clients have one. */
    @Override
    public boolean wantsOcspResponse(Role peer) {
        return peer == Role.SERVER || revocation.isPresent();
    }

    /** The same for the same anchors and the same knowledge of revoked certificates, in every run. */
    @Override
    public String scope() {
        return "pkix-" + anchors.fingerprint().hex()
                + revocation.map(check -> ", " + check.scope()).orElse("");
    }

    @Override
    public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
        return verify(peer, null);
    }

    /**
     * As {@link #verify(PeerChain)}, where the peer's own certificate may have been read already.
     *
     * @param own the first of the chain, or null if it has to be read
     */
    public List<CertificateCheck> verify(PeerChain peer, @Nullable CertificateReader own) throws TlsException {
        int length = peer.certificates().size();
        if (length > LONGEST_CHAIN) {
            throw Problem.CERTIFICATE_CHAIN_TOO_LONG.with(length, LONGEST_CHAIN);
        }
        // RFC 5280 4.1.2.5: times in certificates are whole seconds, and the last one is within.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Bytes key = RememberedVerdicts.key(peer);
        Optional<List<CertificateCheck>> known = remembered.find(key, now);
        if (known.isPresent()) {
            return known.get();
        }
        CheckProgress done = check(peer, own, now);
        List<CertificateCheck> checks = done.checks();
        remembered.keep(key, now, done.holdsUntil(), checks);
        return checks;
    }

    private CheckProgress check(PeerChain peer, @Nullable CertificateReader own, Instant now) throws TlsException {
        Query query = new Query(Purpose.of(peer.peer()), peer.hostName(), now, peer.schemes());
        List<Bytes> certificates = peer.certificates();
        CertificateReader first = own == null ? CertificateReader.of(certificates.getFirst()) : own;
        Valid valid = validPath(ReceivedChain.read(certificates, first, crypto, verified, authorities), query);
        remember(valid.path().intermediates());
        try {
            if (peer.hostName() != null) {
                checkHostName(valid, peer.hostName());
            }
            // Last, since it may take time; and of an anchor itself nobody says whether it was revoked.
            if (!valid.path().isAnchorItself()) {
                checkStatus(valid, peer, now);
            }
        } catch (TlsException e) {
            throw valid.progress().toldBy(e);
        }
        return valid.progress();
    }

    private void remember(List<Received> intermediates) {
        for (Received authority : intermediates) {
            Bytes der = authority.reader().der();
            if (!remembers(der)) {
                authorities.keep(der, authority);
            }
        }
    }

    /** Whether {@code authority}, a certificate in DER, need not be read anew. */
    boolean remembers(Bytes authority) {
        return authorities.find(authority) != null;
    }

    private void checkStatus(Valid valid, PeerChain peer, Instant now) throws TlsException {
        if (revocation.isEmpty() || StapledStatus.isDemanded(valid.path(), peer)) {
            StapledStatus.check(valid.path(), peer, now, valid.progress());
        }
        if (revocation.isPresent()) {
            revocation.get().check(valid.path(), peer.ocspResponse(), now, valid.progress());
        }
    }

    /** The first candidate that is valid; if none is, the fault of the likeliest is thrown. */
    private Valid validPath(ReceivedChain chain, Query query) throws TlsException {
        PathSearch.Result found = PathSearch.search(chain, anchors);
        @Nullable TlsException fault = null;
        for (CandidatePath path : found.paths()) {
            CheckProgress progress = new CheckProgress(path, query.hostName() != null, revocation.isPresent());
            try {
                validate(path, query, progress);
                return new Valid(path, progress);
            } catch (TlsException e) {
                fault = fault == null ? progress.toldBy(e) : fault;
            }
        }
        throw fault != null ? fault : noPath(chain, found.deadEnd(), query);
    }

    private void validate(CandidatePath path, Query query, CheckProgress progress) throws TlsException {
        PathRules rules = new PathRules(path, progress, query.purpose(), query.now(), query.schemes());
        rules.check(query.hostName());
        if (!path.isAnchorItself()) {
            PathValidator.validate(path, query.now(), progress);
        }
        // Only now: until its key has verified a signature, it is an anchor by name alone.
        progress.passed(CertificateCheck.Kind.TRUST_ANCHOR, progress.anchorIndex(), anchors.store());
        rules.checkUsage();
    }

    private TlsException noPath(ReceivedChain chain, List<Received> deadEnd, Query query) {
        return chain.refusal()
                .orElseGet(() -> CheckProgress.withoutAnchor(deadEnd, query.hostName() != null, revocation.isPresent())
                        .toldBy(noAnchor(chain, deadEnd)));
    }

    private TlsException noAnchor(ReceivedChain chain, List<Received> deadEnd) {
        Received last = deadEnd.getLast();
        if (last.isSelfIssued()) {
            // The peer's own certificate, or a root that it sent along and that nobody here trusts.
            return Problem.SELF_SIGNED.with(last.subject(), anchors.size(), anchors.store());
        }
        return Problem.UNKNOWN_ISSUER.with(
                last.subject(), last.reader().issuerText(), chain.subjects(), anchors.size(), anchors.store());
    }

    private static void checkHostName(Valid valid, String hostName) throws TlsException {
        valid.progress().begin(CertificateCheck.Kind.HOST_NAME, 0);
        SubjectAltNames names = valid.path().own().reader().subjectAltNames();
        String matching = HostNames.match(hostName, names)
                .orElseThrow(() -> Problem.HOST_NAME_MISMATCH.with(hostName, names.printable()));
        valid.progress().passed(CertificateCheck.Kind.HOST_NAME, 0, hostName + " (" + matching + ")");
    }

    /** A path that leads to an anchor, and what was checked of it. */
    private record Valid(CandidatePath path, CheckProgress progress) {}

    /**
     * What a path is to be valid for.
     *
     * @param now in whole seconds
     * @param schemes that signatures may be by, empty for all that are not weak
     */
    private record Query(Purpose purpose, @Nullable String hostName, Instant now, List<SignatureScheme> schemes) {}
}
