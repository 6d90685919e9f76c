package dev.akushu.tls.server;

import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.schedule.PskKind;

/**
 * An external pre-shared key that the client offers and this server has; not proved yet.
 *
 * @param index among those offered
 * @param psk the key
 * @param kdf what it is offered for: only a suite with its hash can use it
 */
record FoundPsk(int index, ExternalPsk psk, Kdf kdf) {
    PskKind kind() {
        return psk.imported() ? PskKind.IMPORTED : PskKind.EXTERNAL;
    }
}
