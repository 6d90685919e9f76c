package dev.akushu.jsse;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.TlsException;

/**
 * What every exception of a failed connection also is: an {@code SSLHandshakeException} or whichever kind JSSE has for the
 * failure, that knows its cause and remedy.
 *
 * {@snippet :
 * } catch (SSLException failed) {
 *     if (failed instanceof Diagnosed diagnosed) {
 *         log.warn(diagnosed.diagnosis().remedy(Locale.JAPANESE));
 *     }
 * }
 * }
 */
public interface Diagnosed {
    /** The core's exception for the same failure; the message is the same. */
    TlsException failure();

    /** What went wrong, with the values at hand. */
    default Diagnosis diagnosis() {
        return failure().diagnosis();
    }
}
