package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.record.HandshakeJoiner;
import dev.akushu.tls.record.RecordOpener;
import dev.akushu.tls.record.RecordSealer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one side of a recorded handshake sent: opens each record and seals its content again, to the same bytes. */
final class ReplayedDirection {
    private final RecordOpener opener = new RecordOpener();
    private final RecordSealer sealer = new RecordSealer();
    private final HandshakeJoiner joiner = new HandshakeJoiner();
    private final List<byte[]> messages = new ArrayList<>();
    private int records;

    /** Takes keys for each half, because each wipes them. */
    void protect(TrafficKeys forOpener, TrafficKeys forSealer) {
        assertThat(joiner.isAligned()).isTrue();
        opener.protect(forOpener);
        sealer.protect(forSealer);
    }

    /** The one message in the record of an initial ClientHello. */
    byte[] initialClientHello(byte[] record) throws TlsException {
        byte[] content = open(record);
        byte[] again = new byte[record.length];
        int length = sealer.sealInitialClientHello(content, 0, content.length, again, 0);
        assertThat(length).isEqualTo(record.length);
        assertThat(again).isEqualTo(record);
        return join(content).getFirst();
    }

    /** The messages in handshake records; change_cipher_spec among them must be what it should be, and is left out. */
    List<byte[]> messages(byte[] oneRecord) throws TlsException {
        byte[] content = content(oneRecord);
        if (opener.contentType() == ContentType.CHANGE_CIPHER_SPEC) {
            assertThat(content).containsExactly(1);
            return List.of();
        }
        assertThat(opener.contentType()).isEqualTo(ContentType.HANDSHAKE);
        return join(content);
    }

    /** The content of a record that must be of {@code type}. */
    byte[] content(byte[] record, ContentType type) throws TlsException {
        byte[] content = content(record);
        assertThat(opener.contentType()).isEqualTo(type);
        return content;
    }

    /** Every message so far. */
    List<byte[]> allMessages() {
        return List.copyOf(messages);
    }

    /** How many records were reproduced. */
    int records() {
        return records;
    }

    /** Cuts records that follow one another apart; needs no keys. */
    static List<byte[]> split(byte[] stream) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int length = 5 + ((stream[at + 3] & 0xff) << 8 | (stream[at + 4] & 0xff));
            parts.add(Arrays.copyOfRange(stream, at, at + length));
            at += length;
        }
        return parts;
    }

    private byte[] content(byte[] record) throws TlsException {
        byte[] content = open(record);
        byte[] again = new byte[record.length];
        int length = sealer.seal(opener.contentType(), content, 0, content.length, 0, again, 0);
        assertThat(length).isEqualTo(record.length);
        assertThat(again).isEqualTo(record);
        return content;
    }

    private byte[] open(byte[] record) throws TlsException {
        assertThat(opener.recordLength(record, 0, record.length)).isEqualTo(record.length);
        byte[] target = new byte[record.length];
        assertThat(opener.open(record, 0, record.length, target, 0)).isTrue();
        records++;
        return Arrays.copyOf(target, opener.contentLength());
    }

    private List<byte[]> join(byte[] content) throws TlsException {
        List<byte[]> joined = new ArrayList<>();
        joiner.add(content, 0, content.length);
        for (byte[] message = joiner.next(); message != null; message = joiner.next()) {
            joined.add(message);
        }
        messages.addAll(joined);
        return joined;
    }
}
