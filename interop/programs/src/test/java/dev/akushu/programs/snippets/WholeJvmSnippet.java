package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.security.Security;

/**
 * Every program, Spring Boot and Maven among them, without touching its code or its settings: Akushu as the JVM's first
 * provider. Key stores, key and trust managers, signatures and ciphers stay the JDK's, and so does TLS 1.2 where it is asked
 * for by name. Without code it is done by a file for {@code -Djava.security.properties=FILE} that names {@code Akushu} as
 * {@code security.provider.1} and all of the JDK's providers behind it, with Akushu on the class path, or on the module path
 * with {@code --add-modules dev.akushu.jsse}.
 */
public final class WholeJvmSnippet {
    private WholeJvmSnippet() {}

    // snippet: Whole JVM
    /** Call it before anything asks for TLS. */
    public static void speakTlsByAkushu() {
        Security.insertProviderAt(new AkushuProvider(), 1);
    }
    // end
}
