package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificate chains that servers of one context have shown lately, by the fingerprints that stand in their tickets: a
 * resumption shows none, and programs ask all the same which it was. Safe for use by many threads.
 */
final class ShownChains {
    private static final int MAXIMUM = 128;
    private static final Bytes NONE = Bytes.wrap(new byte[TicketNote.FINGERPRINT_LENGTH]);

    private final @Nullable HashAlgorithm hash;
    // The least recently used first.
    private final Map<Bytes, List<Bytes>> chains = new LinkedHashMap<>(16, 0.75f, true);

    ShownChains(Crypto crypto) {
        // Who seals tickets has this suite; it was looked up once.
        SuiteCrypto suite = crypto.suite(CipherSuite.TLS_AES_256_GCM_SHA384);
        hash = suite == null ? null : suite.hash();
    }

    /** Remembers {@code chain} and gives its fingerprint, which is that of the end entity's certificate. */
    Bytes add(List<Bytes> chain) {
        if (hash == null || chain.isEmpty()) {
            return NONE;
        }
        byte[] digest = hash.newDigest().digest(chain.getFirst().toArray());
        Bytes fingerprint = Bytes.copyOf(digest, 0, TicketNote.FINGERPRINT_LENGTH);
        synchronized (chains) {
            chains.put(fingerprint, chain);
            if (chains.size() > MAXIMUM) {
                chains.remove(chains.keySet().iterator().next());
            }
        }
        return fingerprint;
    }

    /** The chain with that fingerprint, or null if it was not shown lately. */
    X509Certificate @Nullable [] find(Bytes fingerprint) {
        List<Bytes> chain;
        synchronized (chains) {
            chain = chains.get(fingerprint);
        }
        try {
            return chain == null ? null : Certificates.of(chain);
        } catch (TlsException impossible) {
            throw new IllegalStateException("the own certificate cannot be read", impossible);
        }
    }
}
