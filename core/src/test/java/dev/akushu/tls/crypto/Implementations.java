package dev.akushu.tls.crypto;

import dev.akushu.tls.TlsException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All the implementations of primitives that a configuration may be made of, each once: the JDK's, our own curves, and those of the native libraries that this machine can load. */
final class Implementations {
    static final Crypto JDK = Crypto.jdk();
    static final Crypto OWN_CURVES = Crypto.ownCurves();
    static final List<Accelerator> ACCELERATORS = accelerators();
    static final Crypto ACCELERATED = Crypto.accelerated(ACCELERATORS.toArray(Accelerator[]::new));

    private Implementations() {}

    private interface Loading {
        Accelerator load() throws TlsException;
    }

    /** Both where the jars of the tests have code for the machine: one that does not load there is a failure. */
    private static List<Accelerator> accelerators() {
        List<Accelerator> all = new ArrayList<>();
        if (isLinuxOnX86()) {
            all.add(load(Accelerator::accp));
            all.add(load(Accelerator::conscrypt));
        }
        return all;
    }

    static boolean isLinuxOnX86() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    private static Accelerator load(Loading loading) {
        try {
            return loading.load();
        } catch (TlsException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static List<KeyExchange> groups() {
        return Stream.concat(JDK.groups().stream(), otherGroups()).toList();
    }

    /** Those that are not the JDK's alone, hybrids with such a half among them. */
    static Stream<KeyExchange> otherGroups() {
        Stream<KeyExchange> hybrids = Stream.of(OWN_CURVES, ACCELERATED)
                .flatMap(crypto -> crypto.groups().stream())
                .filter(Hybrid.class::isInstance);
        Stream<KeyExchange> curves = OWN_CURVES.groups().stream().filter(CurveExchange.class::isInstance);
        Stream<KeyExchange> natives = ACCELERATORS.stream().flatMap(accelerator -> accelerator.groups().stream());
        return Stream.of(hybrids, curves, natives).flatMap(all -> all);
    }

    static List<SignatureAlgorithm> signatures() {
        Stream<SignatureAlgorithm> own = OWN_CURVES.signatures().stream()
                .filter(scheme -> scheme.signs().name().equals("AkushuCurves"));
        Stream<SignatureAlgorithm> natives =
                ACCELERATORS.stream().flatMap(accelerator -> accelerator.signatures().stream());
        Stream<SignatureAlgorithm> composed =
                ACCELERATED.signatures().stream().filter(AcceleratedSignature.class::isInstance);
        return Stream.of(JDK.signatures().stream(), own, natives, composed)
                .flatMap(all -> all)
                .toList();
    }
}
