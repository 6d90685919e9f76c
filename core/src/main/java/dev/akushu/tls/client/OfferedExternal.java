package dev.akushu.tls.client;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.EarlyAllowance;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.resume.PskImporter;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.wire.PskIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An external pre-shared key on offer, for the suites with one hash. RFC 9258 section 5.1.
 *
 * @param psk the key
 * @param kdf what it is offered for
 * @param hash of that
 * @param earlySecret from the key
 * @param early what it says about early data, or null if none may be sent with it and this hash
 */
record OfferedExternal(
        ExternalPsk psk,
        Kdf kdf,
        HashAlgorithm hash,
        EarlySecret earlySecret,
        @Nullable EarlyAllowance early) implements OfferedPsk {
    /** All keys of the configuration, each for every hash among the suites on offer, if it is not raw. */
    static List<OfferedExternal> all(TlsClient config) {
        List<OfferedExternal> all = new ArrayList<>();
        try {
            config.externalPsks().forEach(psk -> addAll(psk, config, all));
            return all;
        } catch (RuntimeException unusable) {
            // One of the keys has been wiped, say.
            all.forEach(made -> made.earlySecret().wipe());
            throw unusable;
        }
    }

    private static void addAll(ExternalPsk psk, TlsClient config, List<OfferedExternal> all) {
        for (Kdf kdf : kdfs(config)) {
            HashAlgorithm hash = config.crypto().hash(kdf);
            EarlySecret secret = PskImporter.earlySecret(config.crypto(), psk, kdf);
            if (hash != null && secret != null) {
                all.add(new OfferedExternal(psk, kdf, hash, secret, allowance(psk, hash, config)));
            }
        }
    }

    private static @Nullable EarlyAllowance allowance(ExternalPsk psk, HashAlgorithm hash, TlsClient config) {
        EarlyDataTerms terms = psk.earlyData().orElse(null);
        if (terms == null || !config.capabilities().suites().contains(terms.suite())) {
            return null;
        }
        SuiteCrypto suite = config.crypto().suite(terms.suite());
        return suite != null && suite.hash().name().equals(hash.name())
                ? new EarlyAllowance(suite, terms.applicationProtocol(), terms.maxBytes(), RecordLimits.INNER_PLAINTEXT)
                : null;
    }

    /** In the order of the suites. */
    private static Set<Kdf> kdfs(TlsClient config) {
        Set<Kdf> kdfs = new LinkedHashSet<>();
        for (CipherSuite code : config.capabilities().suites()) {
            SuiteCrypto suite = config.crypto().suite(code);
            for (Kdf kdf : Kdf.values()) {
                if (suite != null && kdf.hash().equals(suite.hash().name())) {
                    kdfs.add(kdf);
                }
            }
        }
        return kdfs;
    }

    @Override
    public PskIdentity identity(Instant now) {
        // RFC 9846 4.3.11: for identities established externally, an obfuscated_ticket_age of 0 SHOULD be used.
        return new PskIdentity(PskImporter.identity(psk, kdf), 0);
    }

    /** The PSK that the early secret is made from; the caller must wipe it. */
    byte[] copyKey(Crypto crypto) {
        return PskImporter.key(crypto, psk, kdf);
    }

    @Override
    public @Nullable EarlyDataOutcome refusesEarly(ClientSetting setting) {
        if (early == null) {
            return EarlyDataOutcome.KEY_WITHOUT_EARLY_DATA;
        }
        boolean inTime =
                psk.earlyData().filter(terms -> terms.includes(setting.now())).isPresent();
        return inTime ? null : EarlyDataOutcome.OUTSIDE_KEY_TERMS;
    }

    @Override
    public PskKind kind() {
        return psk.imported() ? PskKind.IMPORTED : PskKind.EXTERNAL;
    }

    @Override
    public PeerAuthenticated authenticated(Instant now) {
        return PeerAuthenticated.byExternalPsk(psk, now);
    }
}
