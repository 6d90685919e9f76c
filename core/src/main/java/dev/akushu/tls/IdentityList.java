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
        return identities.stream().min(request.preference());
    }

    @Override
    public List<CertificateType> types() {
        return identities.isEmpty()
                ? List.of(CertificateType.X509)
                : identities.stream().map(Identity::type).distinct().toList();
    }
}
