package dev.akushu.jsse;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The identities that a key manager has shown lately. Making one proves by a signature that key and certificate belong
 * together, which should not be done in each handshake anew.
 */
final class Identities {
    private static final int MAXIMUM = 128;

    private final Crypto crypto;
    // The least recently used first.
    private final Map<Pair, Identity> known = new LinkedHashMap<>(16, 0.75f, true);

    Identities(Crypto crypto) {
        this.crypto = crypto;
    }

    /**
     * The identity of {@code chain} and {@code key}.
     *
     * @throws TlsException if it cannot be used, as {@link Identity#of(List, PrivateKey, Crypto)}
     */
    Identity of(X509Certificate[] chain, PrivateKey key) throws TlsException {
        Pair pair = new Pair(List.of(chain), key);
        Identity identity = find(pair);
        if (identity == null) {
            identity = Identity.of(pair.chain(), key, crypto);
            add(pair, identity);
        }
        return identity;
    }

    private synchronized @Nullable Identity find(Pair pair) {
        return known.get(pair);
    }

    private synchronized void add(Pair pair, Identity identity) {
        known.put(pair, identity);
        if (known.size() > MAXIMUM) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** A chain and the very object that is its key: keys in tokens need not be equal to anything but themselves. */
    private record Pair(List<X509Certificate> chain, PrivateKey key) {
        @Override
        @SuppressWarnings("ReferenceEquality") // as said above
        public boolean equals(Object other) {
            return other instanceof Pair that && key == that.key && chain.equals(that.chain);
        }

        @Override
        public int hashCode() {
            return 31 * chain.getFirst().hashCode() + System.identityHashCode(key);
        }
    }
}
