package dev.akushu.fuzz;

import dev.akushu.tls.Role;

/** A whole server, under cryptography that accepts everything. */
public final class ServerTarget {
    private ServerTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        EngineRun.of(Role.SERVER, input);
    }
}
