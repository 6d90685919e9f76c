package dev.akushu.bench.handshake;

import dev.akushu.curves.AkushuCurves;
import dev.akushu.tls.crypto.Crypto;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/** All there are, by the name that a fork is started with. Each is opened in a JVM of its own, whose providers it may change. */
final class Stacks {
    private static final Map<String, Supplier<Stack>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("akushu", () -> new AkushuStack("Akushu", Crypto.ownCurves()));
        ALL.put("akushu-jdk", () -> new AkushuStack("Akushu, JDK's curves", Crypto.jdk()));
        ALL.put("sunjsse", () -> new JsseStack(JsseStack.Kind.SUN, Security.getProvider("SunJSSE")));
        ALL.put("sunjsse-curves", () -> {
            Security.insertProviderAt(new AkushuCurves(), 1);
            return new JsseStack(JsseStack.Kind.SUN_WITH_AKUSHU_CURVES, Security.getProvider("SunJSSE"));
        });
        ALL.put("bcjsse", () -> {
            Provider cryptography = new BouncyCastleProvider();
            Security.insertProviderAt(cryptography, 1);
            Provider provider = new BouncyCastleJsseProvider(cryptography);
            Security.insertProviderAt(provider, 2);
            return new JsseStack(JsseStack.Kind.BOUNCY_CASTLE, provider);
        });
        ALL.put("conscrypt", () -> {
            Provider provider =
                    Conscrypt.newProviderBuilder().provideTrustManager(true).build();
            Security.insertProviderAt(provider, 1);
            return new JsseStack(JsseStack.Kind.CONSCRYPT, provider);
        });
        ALL.put("netty", NettyStack::new);
    }

    private Stacks() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static Stack of(String name) {
        Supplier<Stack> stack = ALL.get(name);
        if (stack == null) {
            throw new IllegalArgumentException("No stack " + name + " among " + ALL.keySet());
        }
        return stack.get();
    }
}
