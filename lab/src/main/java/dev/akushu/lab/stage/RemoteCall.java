package dev.akushu.lab.stage;

import dev.akushu.lab.record.RecordedCall;
import dev.akushu.lab.record.Recording;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A call to a server that a person has named: one request by HTTP, of whose answer no more is read than shows that there is one. */
final class RemoteCall {
    private static final int ENOUGH = 64 * 1024;
    private static final int SILENCES = 3;

    private final String host;
    private final int port;
    private final TlsClient client;
    private final Duration limit;
    private final Recording recording;

    RemoteCall(Order order, Recording recording) throws TlsException {
        this(order, Trust.system(), Patience.LIMIT, recording);
    }

    /** For a server that the system's trust store does not know; {@code limit} is for the handshake, and as much again for the answer. */
    RemoteCall(Order order, Trust trust, Duration limit, Recording recording) {
        this.limit = limit;
        this.host = order.host();
        this.port = order.port();
        this.recording = recording;
        TlsClient.Builder builder = TlsClient.builder(trust)
                .policy(Cast.policy(order.suite(), order.group() == null ? List.of() : List.of(order.group())))
                .handshakeTimeout(limit)
                .observer(recording.observer(Role.CLIENT))
                .keyLog(recording.keyLog())
                .dangerSecretObserver(recording.secretObserver());
        if (order.protocol() != null) {
            builder.applicationProtocols(order.protocol());
        }
        this.client = builder.build();
    }

    /** Whatever goes wrong with the server is told in the recording. */
    void make() throws IOException {
        try (TlsConnection connection = RecordedCall.connect(client, host, port, null, recording, limit)) {
            ask(connection);
        } catch (TlsException failed) {
            recording.failed(Role.CLIENT, failed);
        } finally {
            recording.end();
        }
    }

    private void ask(TlsConnection connection) throws IOException {
        connection.readTimeout(limit.dividedBy(SILENCES));
        connection.output().write(Talk.request(host, true));
        try {
            byte[] buffer = new byte[4096];
            int total = 0;
            for (int read = 0; read >= 0 && total < ENOUGH; total += read) {
                read = connection.input().read(buffer);
            }
        } catch (TlsException silent) {
            // A server that waits for more, takes its time, or speaks something else than HTTP has shaken hands all the
            // same.
            if (silent.problem() != Problem.TIMED_OUT) {
                throw silent;
            }
        }
        connection.closeOutput();
    }
}
