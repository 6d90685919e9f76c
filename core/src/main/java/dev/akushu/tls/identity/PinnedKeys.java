package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TlsException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Trusts the public keys that it knows. Immutable. */
public final class PinnedKeys implements RawKeyTrust {
    private final Set<Bytes> known;
    private final String scope;

    private PinnedKeys(Set<Bytes> known) {
        this.known = Set.copyOf(known);
        this.scope = "pinned " + fingerprint(ofAll(this.known));
    }

    /** Trusts {@code keys}; at least one. */
    public static PinnedKeys of(Collection<? extends PublicKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a trust for raw public keys needs at least one key");
        }
        return new PinnedKeys(keys.stream().map(PinnedKeys::info).collect(Collectors.toSet()));
    }

    private static Bytes info(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("a public key has no encoded form: " + key.getAlgorithm());
        }
        return Bytes.wrap(encoded);
    }

    /** Trusts the keys with these SubjectPublicKeyInfos; at least one. */
    public static PinnedKeys ofInfos(Collection<Bytes> infos) {
        return new PinnedKeys(Set.copyOf(infos));
    }

    @Override
    public CertificateCheck verify(RawKey peer) throws TlsException {
        String kind =
                PeerKey.ofSubjectPublicKeyInfo(peer.subjectPublicKeyInfo()).description();
        String fingerprint = fingerprint(peer.subjectPublicKeyInfo());
        if (!known.contains(peer.subjectPublicKeyInfo())) {
            throw Problem.RAW_KEY_UNKNOWN.with(kind, fingerprint, known.size());
        }
        return new CertificateCheck(CertificateCheck.Kind.PINNED_KEY, kind, fingerprint);
    }

    @Override
    public String scope() {
        return scope;
    }

    /** One text for any number of keys, in whatever order they came. */
    private static Bytes ofAll(Set<Bytes> known) {
        return Bytes.ofAscii(
                known.stream().map(PinnedKeys::fingerprint).sorted().collect(Collectors.joining(", ")));
    }

    /** SHA-256 of {@code bytes}; of a key in DER, that is what people compare keys by. */
    static String fingerprint(Bytes bytes) {
        byte[] hash = Sha256.fresh().digest(bytes.toArray());
        return "SHA-256 " + Bytes.wrap(hash).hex();
    }
}
