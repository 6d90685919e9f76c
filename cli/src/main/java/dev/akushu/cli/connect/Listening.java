package dev.akushu.cli.connect;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.time.Duration;

/**
 * Takes what a server sends by itself after the handshake. Tickets come right behind its end, but no message says that none will
 * come: so this waits a little, and only a moment more once there is one.
 */
final class Listening {
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int MOMENTS_WITHOUT_TICKET = 8;
    private static final int MOST_READS = 1000;

    private final Call call;
    private final ReceivedData data;

    Listening(Call call, ReceivedData data) {
        this.call = call;
        this.data = data;
    }

    void untilQuiet() throws IOException {
        byte[] buffer = new byte[TlsEngine.APPLICATION_BUFFER_SIZE];
        call.connection().readTimeout(MOMENT);
        int quietMoments = 0;
        for (int reads = 0; reads < MOST_READS && !isEnough(quietMoments); reads++) {
            int length;
            try {
                length = call.connection().input().read(buffer);
            } catch (TlsException nothing) {
                if (nothing.problem() != Problem.TIMED_OUT) {
                    throw nothing;
                }
                quietMoments++;
                continue;
            }
            if (length < 0) {
                return;
            }
            data.take(buffer, length);
        }
    }

    private boolean isEnough(int quietMoments) {
        return quietMoments >= (call.witness().tickets() > 0 ? 1 : MOMENTS_WITHOUT_TICKET);
    }
}
