package dev.akushu.cli.connect;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Witness;
import dev.akushu.cli.option.Export;
import dev.akushu.cli.option.Exported;
import dev.akushu.lab.record.Recording;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is up, and who watches it.
 *
 * @param connection the connection
 * @param session its facts
 * @param witness who watches it
 * @param recording where it is written down, or null
 * @param handshakeTime how long it took to come up
 */
record Call(
        TlsConnection connection,
        TlsSession session,
        Witness witness,
        @Nullable Recording recording,
        Duration handshakeTime)
        implements AutoCloseable {
    /** What it gives for each of {@code exports}. */
    List<Exported> exported(List<Export> exports) throws CommandFailure {
        try {
            return Exported.of(exports, connection);
        } catch (TlsException failed) {
            throw failed(failed);
        }
    }

    /** The failure of this connection that {@code thrown} is. */
    CommandFailure failed(TlsException thrown) {
        return new CommandFailure(witness.failure(thrown), thrown);
    }

    @Override
    public void close() throws TlsException {
        try {
            connection.close();
        } finally {
            witness.end();
            if (recording != null) {
                recording.end();
            }
        }
    }
}
