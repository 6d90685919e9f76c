package dev.akushu.tls.identity;

import dev.akushu.tls.identity.ReceivedChain.Received;
import dev.akushu.tls.identity.TrustAnchors.Anchor;
import java.util.List;

/**
 * A chain of names from the peer's certificate to an anchor.
 *
 * @param certificates the peer's own first, each issued by the next, the last by the anchor
 * @param anchor where it ends
 */
record CandidatePath(List<Received> certificates, Anchor anchor) {
    /** The peer's own certificate. */
    Received own() {
        return certificates.getFirst();
    }

    /** The certificates between the peer's own and the anchor. */
    List<Received> intermediates() {
        return certificates.subList(1, certificates.size());
    }

    /** Whether the peer's own certificate is the anchor: then it is trusted as it is, and nobody vouches for it. */
    boolean isAnchorItself() {
        return certificates.size() == 1 && own().x509().equals(anchor.certificate());
    }

    /** The subject of the issuer of the certificate at {@code index}. */
    String issuerOf(int index) {
        return index + 1 < certificates.size() ? certificates.get(index + 1).subject() : anchor.subject();
    }
}
