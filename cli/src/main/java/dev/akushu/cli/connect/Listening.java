package dev.akushu.cli.connect;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.time.Duration;

/**
 * Takes what a server sends by itself after the handshake. Tickets come right behind its end, but no message says that none will
 * come: so this waits a little, longer where the handshake took long, and only a moment more once there is one.
 */
final class Listening {
    private static final Duration MOMENT = Duration.ofMillis(40);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(800);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);
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
        long quietMoments = 0;
        for (int reads = 0; reads < MOST_READS && !isEnough(quietMoments); reads++) {
            int tickets = call.witness().tickets();
            int length;
            try {
                length = call.connection().input().read(buffer);
            } catch (TlsException nothing) {
                if (nothing.problem() != Problem.TIMED_OUT) {
                    throw nothing;
                }
                // Servers that send several send them in a row.
                quietMoments = call.witness().tickets() > tickets ? 0 : quietMoments + 1;
                continue;
            }
            if (length < 0) {
                return;
            }
            data.take(buffer, length);
        }
    }

    private boolean isEnough(long quietMoments) {
        Duration enough = call.witness().tickets() > 0 ? MOMENT : waitForFirst();
        return quietMoments * MOMENT.toMillis() >= enough.toMillis();
    }

    /** A ticket is one round trip away; connection and handshake were at least two, and tell how busy the server is. */
    private Duration waitForFirst() {
        long likely = call.handshakeTime().toMillis() * 2;
        return Duration.ofMillis(Math.clamp(likely, SHORTEST_WAIT.toMillis(), LONGEST_WAIT.toMillis()));
    }
}
