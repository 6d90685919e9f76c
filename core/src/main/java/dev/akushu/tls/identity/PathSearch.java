package dev.akushu.tls.identity;

import dev.akushu.tls.identity.ReceivedChain.Received;
import dev.akushu.tls.identity.TrustAnchors.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the chains of names from the peer's certificate to the trust anchors. The certificates may come in any order
 * and more of them than needed (RFC 9846 section 4.5.1). Signatures are not looked at yet. The work is bounded,
 * whatever names the peer makes up.
 */
final class PathSearch {
    /** More ways than this from one certificate to its root exist only in attacks: each costs signatures to check. */
    private static final int MOST_PATHS = 16;

    private static final int MOST_STEPS = 512;

    private final ReceivedChain chain;
    private final TrustAnchors anchors;
    private final List<CandidatePath> paths = new ArrayList<>();
    private final List<Received> current = new ArrayList<>();
    private List<Received> longestDeadEnd = List.of();
    private int steps;

    private PathSearch(ReceivedChain chain, TrustAnchors anchors) {
        this.chain = chain;
        this.anchors = anchors;
    }

    /** The candidates, the likeliest first; or, without any, where the search ended. */
    static Result search(ReceivedChain chain, TrustAnchors anchors) {
        PathSearch search = new PathSearch(chain, anchors);
        anchors.same(chain.own().reader().der())
                .ifPresent(anchor -> search.paths.add(new CandidatePath(List.of(chain.own()), anchor)));
        search.extend(chain.own());
        return new Result(List.copyOf(search.paths), search.longestDeadEnd);
    }

    private void extend(Received next) {
        if (steps++ >= MOST_STEPS || paths.size() >= MOST_PATHS) {
            return;
        }
        current.add(next);
        List<Anchor> issuingAnchors = anchors.issuersOf(next.x509());
        for (Anchor anchor : issuingAnchors) {
            if (paths.size() < MOST_PATHS) {
                paths.add(new CandidatePath(List.copyOf(current), anchor));
            }
        }
        List<Received> issuers = issuersOf(next);
        issuers.forEach(this::extend);
        if (issuers.isEmpty() && issuingAnchors.isEmpty() && current.size() > longestDeadEnd.size()) {
            longestDeadEnd = List.copyOf(current);
        }
        current.removeLast();
    }

    private List<Received> issuersOf(Received certificate) {
        List<Received> issuers = new ArrayList<>();
        for (Received candidate : chain.certificates()) {
            if (candidate.isIssuerOf(certificate) && !isOnTheWay(candidate)) {
                issuers.add(candidate);
            }
        }
        if (issuers.size() > 1) {
            issuers.sort(
                    Comparator.comparing(candidate -> !KeyIdentifiers.mayMatch(certificate.x509(), candidate.x509())));
        }
        return issuers;
    }

    /** One that was read twice counts as two. */
    private boolean isOnTheWay(Received candidate) {
        for (Received passed : current) {
            if (passed.reader() == candidate.reader()) {
                return true;
            }
        }
        return false;
    }

    /**
     * What was found.
     *
     * @param paths the candidates, the likeliest first
     * @param deadEnd from the peer's certificate to the one whose issuer is missing; matters if there is no candidate
     */
    record Result(List<CandidatePath> paths, List<Received> deadEnd) {}
}
