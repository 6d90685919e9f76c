package dev.akushu.tls.schedule;

/**
 * Main Secret: the last of the key schedule; the labels keep its old name, master. RFC 9846 section 7.1. Not safe for
 * use by two threads at once.
 */
public final class MainSecret {
    private static final Label CLIENT_APPLICATION_TRAFFIC = Label.of("c ap traffic");
    private static final Label SERVER_APPLICATION_TRAFFIC = Label.of("s ap traffic");
    private static final Label EXPORTER = Label.of("exp master");
    private static final Label RESUMPTION = Label.of("res master");

    private final Secret secret;

    MainSecret(Secret secret) {
        this.secret = secret;
    }

    /** The secrets of the application phase, over the hash of ClientHello to the server's Finished. */
    public ApplicationTraffic traffic(byte[] serverFinishedHash) {
        return new ApplicationTraffic(
                new TrafficSecret(secret.derive(CLIENT_APPLICATION_TRAFFIC, serverFinishedHash)),
                new TrafficSecret(secret.derive(SERVER_APPLICATION_TRAFFIC, serverFinishedHash)),
                new ExporterSecret(secret.derive(EXPORTER, serverFinishedHash)));
    }

    /**
     * resumption_secret, over the hash of ClientHello to the client's Finished. It is the last that derives from here:
     * this object is wiped.
     */
    public ResumptionSecret resumption(byte[] clientFinishedHash) {
        ResumptionSecret resumption = new ResumptionSecret(secret.derive(RESUMPTION, clientFinishedHash));
        wipe();
        return resumption;
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
