package dev.akushu.bench.stack;

import dev.akushu.bench.harness.Effort;
import dev.akushu.curves.AkushuCurves;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Accelerator;
import dev.akushu.tls.crypto.Crypto;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/** All there are, by the name that a fork is started with. Each is opened in a JVM of its own, whose providers it may change. */
public final class Stacks {
    /** Whom all others are compared with: Akushu's own engine with its own curves. */
    public static final String OURS = "akushu";

    /** Akushu through its SSLEngine. */
    public static final String JSSE = "akushu-jsse";

    private static final String BOUNCY_CASTLE = "bcjsse";
    private static final String JDK = "akushu-jdk";
    private static final String NATIVE = "akushu-native";
    private static final String SUN_WITH_CURVES = "sunjsse-curves";

    private static final Map<String, Entry> ALL = new LinkedHashMap<>();

    static {
        put(OURS, "Akushu", () -> new AkushuStack(Crypto.ownCurves(), false));
        put(JSSE, "Akushu's SSLEngine", () -> new AkushuStack(Crypto.ownCurves(), true));
        put(JDK, "Akushu, JDK's curves", () -> new AkushuStack(Crypto.jdk(), false));
        put(NATIVE, "Akushu, ACCP and Conscrypt", () -> new AkushuStack(nativeCrypto(), false));
        put("sunjsse", "SunJSSE", () -> new JsseStack(JsseStack.Kind.SUN, Security.getProvider("SunJSSE")));
        put(SUN_WITH_CURVES, "SunJSSE, AkushuCurves first", () -> {
            Security.insertProviderAt(new AkushuCurves(), 1);
            return new JsseStack(JsseStack.Kind.SUN, Security.getProvider("SunJSSE"));
        });
        put(BOUNCY_CASTLE, "BCJSSE", () -> {
            // It would tell of each connection, and of settings of the JDK that it does not know.
            BouncyCastle.LOG.setLevel(Level.SEVERE);
            Provider cryptography = new BouncyCastleProvider();
            Security.insertProviderAt(cryptography, 1);
            Provider provider = new BouncyCastleJsseProvider(cryptography);
            Security.insertProviderAt(provider, 2);
            return new JsseStack(JsseStack.Kind.BOUNCY_CASTLE, provider);
        });
        put("conscrypt", "Conscrypt", () -> {
            Provider provider =
                    Conscrypt.newProviderBuilder().provideTrustManager(true).build();
            Security.insertProviderAt(provider, 1);
            return new JsseStack(JsseStack.Kind.CONSCRYPT, provider);
        });
        put("netty", "netty-tcnative", NettyStack::new);
    }

    private Stacks() {}

    /** Whether it is Akushu's engine through its own interface, with whatever cryptography. */
    public static boolean isOwnEngine(String stack) {
        return stack.startsWith(OURS) && !stack.equals(JSSE);
    }

    /** Each primitive from the library that is faster at it than our own, if one is. */
    public static Crypto nativeCrypto() {
        try {
            return Crypto.accelerated(Accelerator.accp(), Accelerator.conscrypt());
        } catch (TlsException e) {
            throw new IllegalStateException("the benchmark brings both libraries", e);
        }
    }

    /** A logger that nobody holds forgets what it is told. */
    private static final class BouncyCastle {
        static final Logger LOG = Logger.getLogger("org.bouncycastle");

        private BouncyCastle() {}
    }

    private record Entry(String title, Supplier<Stack> maker) {}

    private static void put(String name, String title, Supplier<Stack> maker) {
        ALL.put(name, new Entry(title, maker));
    }

    /** All names. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** All but those that differ from another one in their curves alone; for a look also without the slowest, and one of ours. */
    public static List<String> differentBeyondCurves(Effort effort) {
        return differentBeyondCurves(effort, JSSE);
    }

    /** Those that have an SSLEngine, and differ in more than their curves; for a look without the slowest. */
    public static List<String> jsse(Effort effort) {
        return differentBeyondCurves(effort, OURS).stream()
                .filter(name -> !name.equals(OURS))
                .toList();
    }

    private static List<String> differentBeyondCurves(Effort effort, String notInLook) {
        return names().stream()
                .filter(name -> !List.of(JDK, NATIVE, SUN_WITH_CURVES).contains(name))
                .filter(name ->
                        !effort.isQuick() || !List.of(BOUNCY_CASTLE, notInLook).contains(name))
                .toList();
    }

    /** As it is called in tables. */
    public static String title(String name) {
        return entry(name).title;
    }

    /** The one of this name, at whose call the JVM's providers change. */
    public static Stack of(String name) {
        return entry(name).maker.get();
    }

    private static Entry entry(String name) {
        Entry entry = ALL.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("No stack " + name + " among " + ALL.keySet());
        }
        return entry;
    }
}
