package dev.akushu.cli.connect;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.time.Duration;

/**
 * Takes what a server sends by itself after the handshake. Tickets come right behind its end, but no message says that none will
 * come: so this waits a little, longer where the handshake took long, and only a moment once there is one. A server that talks by itself is listened to until it pauses.
 */
final class Listening {
    /** Servers that send several tickets send them in a row, and a greeting right behind. */
    private static final Duration MOMENT = Duration.ofMillis(40);

    /** Of data, where TCP may wait for the network between two segments. */
    private static final Duration PAUSE = Duration.ofMillis(80);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(800);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    private final Call call;
    private final ReceivedData data;
    private final long mostReads;
    private boolean hasHeard;

    /**
     * Listens in {@code call}.
     *
     * @param data takes what the server says
     * @param mostReads how often it may say something before nobody listens any more
     */
    Listening(Call call, ReceivedData data, long mostReads) {
        this.call = call;
        this.data = data;
        this.mostReads = mostReads;
    }

    void untilQuiet() throws IOException {
        byte[] buffer = new byte[TlsEngine.APPLICATION_BUFFER_SIZE];
        call.connection().readTimeout(MOMENT);
        long quietMoments = 0;
        long reads = 0;
        while (reads < mostReads && !isEnough(quietMoments)) {
            int tickets = call.witness().tickets();
            int length;
            try {
                length = call.connection().input().read(buffer);
            } catch (TlsException nothing) {
                if (nothing.problem() != Problem.TIMED_OUT) {
                    throw nothing;
                }
                // The last moment was quiet, whatever came before it.
                quietMoments = call.witness().tickets() > tickets ? 1 : quietMoments + 1;
                continue;
            }
            if (length < 0) {
                return;
            }
            hasHeard = true;
            reads++;
            quietMoments = 0;
            data.take(buffer, length);
        }
    }

    private boolean isEnough(long quietMoments) {
        Duration ofTickets = call.witness().tickets() > 0 ? MOMENT : waitForFirst();
        Duration enough = hasHeard && ofTickets.compareTo(PAUSE) < 0 ? PAUSE : ofTickets;
        return quietMoments * MOMENT.toMillis() >= enough.toMillis();
    }

    /** A ticket is one round trip away; connection and handshake were at least two, and tell how busy the server is. */
    private Duration waitForFirst() {
        long likely = call.handshakeTime().toMillis() * 2;
        return Duration.ofMillis(Math.clamp(likely, SHORTEST_WAIT.toMillis(), LONGEST_WAIT.toMillis()));
    }
}
