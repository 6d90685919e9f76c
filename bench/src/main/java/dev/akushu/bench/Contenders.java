package dev.akushu.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.akushu.curves.AkushuCurves;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;

/** All there are, by the name that a fork is started with. */
final class Contenders {
    /** Against whom the ratios are. */
    static final String BASE = "sunec";

    private static final Map<String, Supplier<Contender>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("direct", DirectContender::new);
        ALL.put("curves", () -> new JcaContender("AkushuCurves", new AkushuCurves()));
        ALL.put(BASE, () -> new JcaContender("SunEC", Security.getProvider("SunEC")));
        ALL.put("bc", () -> new JcaContender("BouncyCastle", new BouncyCastleProvider()));
        ALL.put("conscrypt", () -> new JcaContender("Conscrypt (native)", Conscrypt.newProvider()));
        ALL.put("accp", () -> {
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
            return new JcaContender("ACCP (native)", AmazonCorrettoCryptoProvider.INSTANCE);
        });
    }

    private Contenders() {}

    static Iterable<String> names() {
        return ALL.keySet();
    }

    static Contender of(String name) {
        Supplier<Contender> contender = ALL.get(name);
        if (contender == null) {
            throw new IllegalArgumentException("No contender " + name + " among " + ALL.keySet());
        }
        return contender.get();
    }
}
