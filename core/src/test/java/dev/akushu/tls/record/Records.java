package dev.akushu.tls.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.TlsException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this package do with records. */
final class Records {
    private Records() {}

    static byte[] seal(RecordSealer sealer, ContentType type, byte[] content, int padding) throws TlsException {
        byte[] record = new byte[sealer.sealedLength(content.length, padding)];
        assertThat(sealer.seal(type, content, 0, content.length, padding, record, 0))
                .isEqualTo(record.length);
        return record;
    }

    /** Opens a record that must be whole, and returns its content; the target has no byte too many. */
    static byte[] open(RecordOpener opener, byte[] record) throws TlsException {
        assertThat(opener.recordLength(record, 0, record.length)).isEqualTo(record.length);
        boolean tagged = opener.isProtecting() && record[0] == ContentType.APPLICATION_DATA.code();
        byte[] target = new byte[Math.max(0, record.length - RecordLimits.HEADER - (tagged ? 16 : 0))];
        assertThat(opener.open(record, 0, record.length, target, 0)).isTrue();
        return Arrays.copyOf(target, opener.contentLength());
    }

    /** Whether a record delivered content, or was skipped. */
    static boolean delivers(RecordOpener opener, byte[] record) throws TlsException {
        assertThat(opener.recordLength(record, 0, record.length)).isEqualTo(record.length);
        return opener.open(record, 0, record.length, new byte[record.length], 0);
    }

    static Diagnosis diagnosis(ThrowingCallable action) {
        TlsException thrown = catchThrowableOfType(TlsException.class, action);
        assertThat(thrown).isNotNull();
        return thrown.diagnosis();
    }

    /** A record as a peer without rules might send it. */
    static byte[] raw(int type, int version, byte[] body) {
        byte[] record = new byte[RecordLimits.HEADER + body.length];
        record[0] = (byte) type;
        record[1] = (byte) (version >>> 8);
        record[2] = (byte) version;
        record[3] = (byte) (body.length >>> 8);
        record[4] = (byte) body.length;
        System.arraycopy(body, 0, record, RecordLimits.HEADER, body.length);
        return record;
    }

    static byte[] raw(ContentType type, byte[] body) {
        return raw(type.code(), 0x0303, body);
    }

    static byte[] hex(String digits) {
        return Bytes.fromHex(digits).toArray();
    }
}
