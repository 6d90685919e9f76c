package dev.akushu.tls.crypto;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Accelerator.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which primitive is taken from where. The tables name the libraries that are ahead of our own curves and the JDK, best first, as measured in {@code docs/crypto.md}; what stands in none of
 * them stays what it is.
 */
final class Fastest {
    private static final List<Library> ACCP = List.of(Library.ACCP);
    private static final List<Library> CONSCRYPT = List.of(Library.CONSCRYPT);
    private static final List<Library> ACCP_FIRST = List.of(Library.ACCP, Library.CONSCRYPT);

    private static final Map<NamedGroup, List<Library>> AGREE = Map.of(
            NamedGroup.X25519, CONSCRYPT,
            NamedGroup.SECP256R1, ACCP_FIRST,
            NamedGroup.SECP384R1, ACCP,
            NamedGroup.SECP521R1, ACCP_FIRST);

    private static final Map<SignatureScheme, List<Library>> SIGN = Map.of(
            SignatureScheme.ECDSA_SECP521R1_SHA512, ACCP_FIRST,
            SignatureScheme.ED25519, ACCP_FIRST,
            SignatureScheme.RSA_PSS_RSAE_SHA256, ACCP,
            SignatureScheme.RSA_PSS_RSAE_SHA384, ACCP,
            SignatureScheme.RSA_PSS_RSAE_SHA512, ACCP);

    private static final Map<SignatureScheme, List<Library>> VERIFY = Map.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256, ACCP_FIRST,
            SignatureScheme.ECDSA_SECP521R1_SHA512, ACCP_FIRST,
            SignatureScheme.ED25519, ACCP_FIRST,
            SignatureScheme.RSA_PSS_RSAE_SHA256, ACCP,
            SignatureScheme.RSA_PSS_RSAE_SHA384, ACCP,
            SignatureScheme.RSA_PSS_RSAE_SHA512, ACCP,
            SignatureScheme.RSA_PKCS1_SHA256, ACCP,
            SignatureScheme.RSA_PKCS1_SHA384, ACCP,
            SignatureScheme.RSA_PKCS1_SHA512, ACCP);

    private Fastest() {}

    /** {@link Crypto#fastest}. */
    static Crypto present() {
        List<Accelerator> present = new ArrayList<>();
        List<Diagnosis> absent = new ArrayList<>();
        for (Source source : List.<Source>of(Accelerator::accp, Accelerator::conscrypt)) {
            try {
                present.add(source.load());
            } catch (TlsException unusable) {
                absent.add(unusable.diagnosis());
            }
        }
        Crypto fastest = of(Crypto.ownCurves(), present);
        return new Crypto(fastest.suites(), fastest.groups(), fastest.signatures(), fastest.random(), absent);
    }

    private interface Source {
        Accelerator load() throws TlsException;
    }

    /** {@code base} with what is faster in {@code accelerators}. */
    static Crypto of(Crypto base, List<Accelerator> accelerators) {
        List<SignatureAlgorithm> signatures = base.signatures().stream()
                .map(scheme -> fastest(scheme, accelerators))
                .toList();
        return new Crypto(
                base.suites(),
                base.groups().stream()
                        .map(group -> fastest(group, accelerators))
                        .toList(),
                signatures,
                base.random(),
                base.foregone());
    }

    private static KeyExchange fastest(KeyExchange base, List<Accelerator> accelerators) {
        if (base instanceof Hybrid hybrid) {
            return hybrid.with(fastest(hybrid.classical(), accelerators));
        }
        NamedGroup code = base.group();
        return first(
                AGREE.getOrDefault(code, List.of()),
                accelerators,
                base,
                accelerator -> accelerator.groups().stream()
                        .filter(group -> group.group().equals(code))
                        .toList());
    }

    private static SignatureAlgorithm fastest(SignatureAlgorithm base, List<Accelerator> accelerators) {
        SignatureScheme code = base.scheme();
        Function<Accelerator, List<SignatureAlgorithm>> part = accelerator -> accelerator.signatures().stream()
                .filter(scheme -> scheme.scheme().equals(code))
                .toList();
        SignatureAlgorithm signer = first(SIGN.getOrDefault(code, List.of()), accelerators, base, part);
        SignatureAlgorithm verifier = first(VERIFY.getOrDefault(code, List.of()), accelerators, base, part);
        return signer.equals(base) && verifier.equals(base) ? base : new AcceleratedSignature(signer, verifier, base);
    }

    /** The part of the first of {@code best} that is among {@code accelerators}, or {@code base}. */
    private static <T> T first(
            List<Library> best, List<Accelerator> accelerators, T base, Function<Accelerator, List<T>> part) {
        return best.stream()
                .flatMap(library -> accelerators.stream().filter(accelerator -> accelerator.library() == library))
                .flatMap(accelerator -> part.apply(accelerator).stream())
                .findFirst()
                .orElse(base);
    }
}
