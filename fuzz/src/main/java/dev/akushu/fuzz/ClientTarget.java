package dev.akushu.fuzz;

import dev.akushu.tls.Role;

/** A whole client, under cryptography that accepts everything. */
public final class ClientTarget {
    private ClientTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        EngineRun.of(Role.CLIENT, input);
    }
}
