package dev.akushu.tls.testing;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Connection;
import dev.akushu.tls.record.RecordLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * An end whose peer is a recording.
 *
 * @param connection the end
 */
public record RecordedPeer(Connection connection) {
    /** All that the end has to send. */
    public byte[] sent() throws TlsException {
        return sent(new byte[0]);
    }

    /** All that the end sends with {@code data}. */
    public byte[] sent(byte[] data) throws TlsException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer source = ByteBuffer.wrap(data);
        while (connection.hasOutput() || source.hasRemaining()) {
            ByteBuffer network = ByteBuffer.allocate(RecordLimits.RECORD);
            connection.send(source, network);
            all.write(network.array(), 0, network.position());
        }
        return all.toByteArray();
    }

    /** The end takes these records; returns the application data in them. */
    public byte[] receives(byte[] records) throws TlsException {
        ByteBuffer network = ByteBuffer.wrap(records);
        ByteBuffer application = ByteBuffer.allocate(2 * RecordLimits.RECORD);
        while (network.hasRemaining()) {
            connection.receive(network, application);
        }
        return Arrays.copyOf(application.array(), application.position());
    }

    /** Gives these octets, and no others. */
    public static SecureRandom random(byte[] octets) {
        return new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] target) {
                System.arraycopy(octets, 0, target, 0, octets.length);
            }
        };
    }
}
