package dev.akushu.tls.engine;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.KeyUpdate;

/** Counts what a peer can send for ever without moving anything: each kind may come a few times in a row, and application data begins the count anew. */
final class FloodGuard {
    /** As BoringSSL and rustls count. */
    private static final int MOST_KEY_UPDATES = 32;

    private static final int MOST_EMPTY_RECORDS = 32;
    private static final int MOST_WARNINGS = 4;

    /** A generous server sends 16 tickets at once, and twice as many if it is asked for them. */
    private static final int MOST_MESSAGES = 64;

    private int keyUpdates;
    private int emptyRecords;
    private int warnings;
    private int messages;

    void applicationData(int length) throws TlsException {
        if (length == 0) {
            emptyRecord();
            return;
        }
        keyUpdates = 0;
        emptyRecords = 0;
        warnings = 0;
        messages = 0;
    }

    /** What the handshake is dressed up with for old middleboxes is not held against the connection. */
    void handshakeDone() {
        emptyRecords = 0;
    }

    /** An empty record, or a change_cipher_spec, which is as good as one. */
    void emptyRecord() throws TlsException {
        if (++emptyRecords > MOST_EMPTY_RECORDS) {
            throw Problem.TOO_MANY_EMPTY_RECORDS.with(emptyRecords);
        }
    }

    void warning() throws TlsException {
        if (++warnings > MOST_WARNINGS) {
            throw Problem.TOO_MANY_WARNINGS.with(warnings);
        }
    }

    /** A message after the handshake. */
    void message(HandshakeMessage message) throws TlsException {
        if (message instanceof KeyUpdate && ++keyUpdates > MOST_KEY_UPDATES) {
            throw Problem.TOO_MANY_KEY_UPDATES.with(keyUpdates);
        }
        if (++messages > MOST_MESSAGES) {
            throw Problem.TOO_MANY_POST_HANDSHAKE_MESSAGES.with(messages);
        }
    }
}
