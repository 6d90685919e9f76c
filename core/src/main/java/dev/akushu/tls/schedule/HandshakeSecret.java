package dev.akushu.tls.schedule;

/**
 * Handshake Secret: pre-shared key and key exchange together. RFC 9846 section 7.1. Not safe for use by two threads at
 * once.
 */
public final class HandshakeSecret {
    private static final Label CLIENT_HANDSHAKE_TRAFFIC = Label.of("c hs traffic");
    private static final Label SERVER_HANDSHAKE_TRAFFIC = Label.of("s hs traffic");

    private final Secret secret;

    HandshakeSecret(Secret secret) {
        this.secret = secret;
    }

    /** The traffic secrets of the handshake, over the hash of ClientHello to ServerHello. */
    public HandshakeTraffic traffic(byte[] helloHash) {
        return new HandshakeTraffic(
                new TrafficSecret(secret.derive(CLIENT_HANDSHAKE_TRAFFIC, helloHash)),
                new TrafficSecret(secret.derive(SERVER_HANDSHAKE_TRAFFIC, helloHash)));
    }

    /** Goes on to the Main Secret; this object is wiped. */
    public MainSecret toMain() {
        return new MainSecret(secret.intoNext(new byte[secret.hash().length()]));
    }

    /** A copy for a {@link dev.akushu.tls.trace.SecretObserver}. The caller must wipe it. */
    public byte[] copyForObserver() {
        return secret.copy();
    }

    /** Overwrites the secret, which cannot be used afterwards; wiping again does nothing. */
    public void wipe() {
        secret.wipe();
    }
}
