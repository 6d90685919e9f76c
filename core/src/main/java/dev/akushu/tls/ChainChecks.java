package dev.akushu.tls;

import java.util.List;

/**
 * How far the checks of a peer's certificate chain came before one failed.
 *
 * @param passed from the peer's own certificate towards the anchor, then those of the chain as a whole
 * @param failed the one that failed; its detail has the values that did not fit
 * @param notReached those that would have followed; their details are empty
 */
public record ChainChecks(List<CertificateCheck> passed, CertificateCheck failed, List<CertificateCheck> notReached) {
    /** Copies the lists. */
    public ChainChecks {
        passed = List.copyOf(passed);
        notReached = List.copyOf(notReached);
    }
}
