package dev.akushu.tls.server;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;

/** Early data that the server does not take is passed over. RFC 9846 section 4.3.10. */
final class RefusedEarlyData {
    /** How much is skipped at least, whatever this server itself allows: a client learns of the refusal after one flight. */
    private static final long LEAST_SKIPPED = 1 << 16;

    private RefusedEarlyData() {}

    static void because(EarlyDataOutcome reason, TlsServer config, Output out) {
        out.skipEarlyData(Math.max(LEAST_SKIPPED, config.maxEarlyDataBytes()));
        out.earlyData(reason);
    }
}
