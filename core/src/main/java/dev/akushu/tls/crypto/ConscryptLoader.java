package dev.akushu.tls.crypto;

import java.security.Provider;
import org.conscrypt.Conscrypt;

/** The only class that mentions Conscrypt, so that the others can do without it. */
final class ConscryptLoader {
    private ConscryptLoader() {}

    /** Throws a {@link LinkageError} if it is not there, or not for this machine. */
    static Provider load() {
        Conscrypt.checkAvailability();
        return Conscrypt.newProvider();
    }
}
