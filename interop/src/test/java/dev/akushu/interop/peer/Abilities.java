package dev.akushu.interop.peer;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a peer can do. Groups and suites have their IANA names.
 *
 * @param presents the kinds of key it can have itself
 * @param accepts the kinds of server key it verifies as a client
 */
public record Abilities(
        List<String> groups, List<String> suites, Set<KeyKind> presents, Set<KeyKind> accepts, Set<Feature> features) {

    static final List<String> THREE_SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    static final List<String> NIST_AND_X25519 = List.of("x25519", "secp256r1", "secp384r1", "secp521r1");

    static final List<String> FFDHE = List.of("ffdhe2048", "ffdhe3072", "ffdhe4096");

    public Abilities {
        groups = List.copyOf(groups);
        suites = List.copyOf(suites);
        presents = Set.copyOf(presents);
        accepts = Set.copyOf(accepts);
        features = Set.copyOf(features);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    static Abilities of(Collection<String> groups, Set<KeyKind> keys, Set<Feature> features) {
        return new Abilities(List.copyOf(groups), THREE_SUITES, keys, keys, features);
    }

    static Set<Feature> everythingBut(Feature... missing) {
        EnumSet<Feature> features = EnumSet.allOf(Feature.class);
        features.removeAll(EnumSet.of(
                Feature.CLIENT_SPEAKS_HTTP_ONLY,
                Feature.RECORD_SIZE_LIMIT,
                Feature.CERTIFICATES_BY_ZLIB,
                Feature.CERTIFICATES_BY_BROTLI,
                Feature.CERTIFICATES_BY_ZSTD,
                Feature.SERVER_STAPLES,
                Feature.CLIENT_TELLS_STAPLED,
                Feature.SERVER_GROUPS_BIND_EC_CERTIFICATES,
                Feature.WANTS_A_GROUP_IN_A_RETRY,
                Feature.TRIMS_FINITE_FIELD_SECRETS));
        features.removeAll(Arrays.asList(missing));
        return features;
    }

    static Set<KeyKind> allKeysBut(KeyKind... missing) {
        EnumSet<KeyKind> kinds = EnumSet.allOf(KeyKind.class);
        kinds.removeAll(Arrays.asList(missing));
        return kinds;
    }
}
