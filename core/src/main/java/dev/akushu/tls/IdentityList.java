package dev.akushu.tls;

import java.util.List;
import java.util.Optional;

/** Identities to choose from; see {@link IdentitySource#among}. */
record IdentityList(List<Identity> identities) implements IdentitySource {
    /** Copies the list. */
    IdentityList {
        identities = List.copyOf(identities);
    }

    @Override
    public Optional<Identity> choose(Request request) {
        if (identities.size() <= 1) {
            return identities.stream().findFirst();
        }
        Identity best = identities.getFirst();
        int least = request.misfit(best);
        for (Identity identity : identities.subList(1, identities.size())) {
            int misfit = request.misfit(identity);
            if (misfit < least) {
                best = identity;
                least = misfit;
            }
        }
        return Optional.of(best);
    }

    @Override
    public List<CertificateType> types() {
        return identities.isEmpty()
                ? List.of(CertificateType.X509)
                : identities.stream().map(Identity::type).distinct().toList();
    }
}
