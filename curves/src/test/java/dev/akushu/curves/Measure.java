package dev.akushu.curves;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.crypto.KeyAgreement;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * CPU time and bytes allocated an operation, through the JCA with the JDK's own keys: ours, SunEC and BouncyCastle,
 * interleaved in one JVM. A quick look, no benchmark: that one runs a JVM for each.
 */
final class Measure {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final byte[] MESSAGE = new byte[130];
    private static volatile Object sink = MESSAGE;

    private record Case(String operation, String provider, Callable<Object> call, List<Double> micros) {}

    private Measure() {}

    public static void main(String[] arguments) throws Exception {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1.5;
        List<Case> cases = new ArrayList<>();
        for (Provider p : List.of(new AkushuCurves(), Security.getProvider("SunEC"), new BouncyCastleProvider())) {
            add(cases, p);
        }
        for (Case c : cases) {
            slice(c, seconds);
        }
        for (int round = 0; round < 9; round++) {
            for (Case c : cases) {
                c.micros.add(slice(c, seconds / 12));
            }
        }
        for (Case c : cases) {
            long before = THREAD.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                sink = c.call.call();
            }
            long bytes = (THREAD.getCurrentThreadAllocatedBytes() - before) / 20;
            c.micros.sort(Double::compare);
            System.out.printf(
                    Locale.ROOT, "%-24s %-14s %8.1f us %7d bytes%n", c.operation, c.provider, c.micros.get(4), bytes);
        }
    }

    private static double slice(Case c, double seconds) throws Exception {
        long start = THREAD.getCurrentThreadCpuTime();
        long end = start + (long) (seconds * 1e9);
        long now;
        int n = 0;
        do {
            for (int i = 0; i < 10; i++) {
                sink = c.call.call();
            }
            n += 10;
            now = THREAD.getCurrentThreadCpuTime();
        } while (now < end);
        if (sink == null) {
            throw new AssertionError("C2 must not see that nobody needs the result");
        }
        return (now - start) / 1e3 / n;
    }

    private static void add(List<Case> cases, Provider p) throws Exception {
        KeyPair x = KeyPairGenerator.getInstance("X25519", "SunEC").generateKeyPair();
        add(
                cases,
                p,
                "X25519 generate",
                () -> KeyPairGenerator.getInstance("X25519", p).generateKeyPair());
        add(cases, p, "X25519 agree", agree("X25519", p, x));
        for (String curve : List.of("secp256r1", "secp384r1")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair[] pairs = new KeyPair[64];
            Arrays.setAll(pairs, i -> generator.generateKeyPair());
            String algorithm = curve.equals("secp256r1") ? "SHA256withECDSA" : "SHA384withECDSA";
            add(cases, p, curve + " ECDH", agree("ECDH", p, pairs[0]));
            signature(cases, p, curve + " ECDSA", algorithm, pairs[0]);
        }
        signature(
                cases,
                p,
                "Ed25519",
                "Ed25519",
                KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair());
    }

    private static Callable<Object> agree(String algorithm, Provider p, KeyPair pair) {
        return () -> {
            KeyAgreement agreement = KeyAgreement.getInstance(algorithm, p);
            agreement.init(pair.getPrivate());
            agreement.doPhase(pair.getPublic(), true);
            return agreement.generateSecret();
        };
    }

    private static void signature(List<Case> cases, Provider p, String name, String algorithm, KeyPair pair)
            throws Exception {
        SecureRandom random = new SecureRandom();
        Callable<Object> sign = () -> {
            Signature signature = Signature.getInstance(algorithm, p);
            signature.initSign(pair.getPrivate(), random);
            signature.update(MESSAGE);
            return signature.sign();
        };
        byte[] octets = (byte[]) sign.call();
        add(cases, p, name + " sign", sign);
        add(cases, p, name + " verify", () -> {
            Signature signature = Signature.getInstance(algorithm, p);
            signature.initVerify(pair.getPublic());
            signature.update(MESSAGE);
            if (!signature.verify(octets)) {
                throw new AssertionError(name);
            }
            return octets;
        });
        if (p instanceof AkushuCurves && algorithm.startsWith("SHA")) {
            ECPublicKey key = (ECPublicKey) pair.getPublic();
            byte[] point = EcKeys.point(key, EcKeys.curve(key));
            byte[] digest = EcdsaTest.hash(algorithm.substring(0, 3) + "-" + algorithm.substring(3, 6), MESSAGE);
            byte[] rs = new byte[point.length - 1];
            EcdsaDer.decode(octets, 0, octets.length, rs);
            add(
                    cases,
                    p,
                    name + " verify, fresh",
                    () -> point.length == 65
                            ? P256Verifier.of(point, 0, 65).orElseThrow().verify(digest, rs, 0)
                            : P384Verifier.of(point, 0, 97).orElseThrow().verify(digest, rs, 0));
        }
    }

    private static void add(List<Case> cases, Provider p, String operation, Callable<Object> call) {
        cases.add(new Case(operation, p.getName(), call, new ArrayList<>()));
    }
}
