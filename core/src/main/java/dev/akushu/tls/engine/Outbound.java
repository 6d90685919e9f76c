package dev.akushu.tls.engine;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.record.RecordSealer;
import dev.akushu.tls.reuse.Buffers;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.KeyUpdate;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection: puts messages into records, keeps the records until there is room for them, and seals application data straight into the caller's buffer. One thread
 * at a time.
 */
final class Outbound {
    private static final byte[] EMPTY = new byte[0];
    private static final byte[] CHANGE_CIPHER_SPEC = {1};
    private static final int WARNING = 1;
    private static final int FATAL = 2;

    /** RFC 9846 4.7.3: senders must not allow the number of key updates to exceed 2^48-1. */
    private static final long LAST_GENERATION = (1L << 48) - 1;

    private final RecordSealer sealer;
    private final Setting setting;
    private final Teller teller;
    private byte[] messages = EMPTY;
    private int messagesLength;
    private byte[] records = EMPTY;
    private int recordsStart;
    private int recordsEnd;
    private byte[] staging = EMPTY;
    private byte[] sealed = EMPTY;
    private final @Nullable RecordGrowth growth;
    private long earlyPaddingLeft;
    private boolean firstFlight = true;
    private boolean changeCipherSpecSent;
    private Protection protection = Protection.CLEAR;
    private @Nullable TrafficSecret secret;
    private @Nullable SuiteCrypto suite;
    private long generation;

    Outbound(Setting setting, Teller teller) {
        this.sealer = new RecordSealer(setting.recordsPerKey());
        this.setting = setting;
        this.growth = setting.shape().records().growing() ? new RecordGrowth(System::nanoTime) : null;
        this.teller = teller;
    }

    /** Protects what comes from here on by keys from {@code next}, which is taken over. */
    void keys(Protection stage, TrafficSecret next, SuiteCrypto suiteOfStage) throws TlsException {
        flush();
        protection = stage;
        replaceSecret(next);
        suite = suiteOfStage;
        generation = 0;
        install(next, suiteOfStage);
    }

    /** Goes back to sending in the clear; the keys are forgotten. */
    void dropKeys() throws TlsException {
        flush();
        sealer.unprotect();
        protection = Protection.CLEAR;
        if (secret != null) {
            secret.wipe();
            secret = null;
        }
    }

    /** What one protected record may hold, content, type and padding together. */
    void limit(int bytes) {
        sealer.limitInnerPlaintext(bytes);
    }

    /** How much padding all records of early data together may have. */
    void limitEarlyPadding(long bytes) {
        earlyPaddingLeft = bytes;
    }

    Protection protection() {
        return protection;
    }

    /** Whether the sending key is near its limit and may still be updated. RFC 9846 sections 4.7.3 and 5.5. */
    boolean shouldUpdateKey() {
        return protection == Protection.APPLICATION && sealer.shouldUpdateKey() && generation < LAST_GENERATION;
    }

    /** Sends a KeyUpdate under the present keys and goes on with the next ones; at the last generation it does nothing. RFC 9846 section 4.7.3. */
    void updateKey(boolean requestAnswer) throws TlsException {
        TrafficSecret present = secret;
        SuiteCrypto presentSuite = suite;
        if (present == null || presentSuite == null || generation >= LAST_GENERATION) {
            return;
        }
        KeyUpdate update = new KeyUpdate(requestAnswer);
        byte[] encoded = HandshakeCodec.encode(update);
        tellMessage(update, encoded);
        message(encoded);
        flush();
        TrafficSecret next = present.next();
        secret = next;
        generation++;
        install(next, presentSuite);
        teller.tell(() -> new TraceEvent.KeyUpdated(Flow.SENT, requestAnswer));
    }

    /** Sends {@code flight} in records of its own; they count for the key's limit as others do. */
    void late(LateFlight flight) throws TlsException {
        if (shouldUpdateKey()) {
            updateKey(false);
        }
        TrafficSecret present = Objects.requireNonNull(secret, "no keys yet");
        for (HandshakeMessage message : flight.messages(present::finished)) {
            byte[] encoded = HandshakeCodec.encode(message);
            tellMessage(message, encoded);
            message(encoded);
        }
        flush();
    }

    void tellMessage(HandshakeMessage message, byte[] encoded) {
        teller.tell(() -> new TraceEvent.Message(
                Flow.SENT, message.type(), message.messageName(), protection, Bytes.copyOf(encoded)));
    }

    /** The Finished that the previous secret was kept for has been made. */
    private void replaceSecret(TrafficSecret next) {
        if (secret != null) {
            secret.wipe();
        }
        secret = next;
    }

    private void install(TrafficSecret next, SuiteCrypto of) {
        sealer.protect(next.keys(of.aead()));
        teller.tell(() -> new TraceEvent.KeysChanged(Flow.SENT, protection, generation));
    }

    /** Appends a handshake message to the flight; messages of one flight share records. */
    void message(byte[] message) {
        messages = Buffers.grow(messages, messagesLength, message.length);
        System.arraycopy(message, 0, messages, messagesLength, message.length);
        messagesLength += message.length;
    }

    void changeCipherSpec() throws TlsException {
        if (changeCipherSpecSent) {
            return;
        }
        changeCipherSpecSent = true;
        flush();
        teller.tell(() -> new TraceEvent.ChangeCipherSpec(Flow.SENT));
        append(ContentType.CHANGE_CIPHER_SPEC, CHANGE_CIPHER_SPEC, 0, 1);
    }

    /** RFC 9846 6: closure alerts are warnings, all others are fatal. */
    void alert(AlertDescription description) throws TlsException {
        flush();
        teller.tell(() -> new TraceEvent.Alert(Flow.SENT, description.code(), !description.isClosure()));
        int level = description.isClosure() ? WARNING : FATAL;
        append(ContentType.ALERT, new byte[] {(byte) level, (byte) description.code()}, 0, 2);
    }

    /** Puts what is left of the flight into records, so that what comes next comes behind it. */
    void flush() throws TlsException {
        for (int sent = 0; sent < messagesLength; ) {
            int length = Math.min(messagesLength - sent, contentLimit());
            append(ContentType.HANDSHAKE, messages, sent, length);
            sent += length;
        }
        dropMessages();
        firstFlight = false;
    }

    boolean hasRecords() {
        return recordsStart < recordsEnd || messagesLength > 0;
    }

    /** Moves whole records to {@code target} as long as they fit; returns whether none is left. */
    boolean drain(ByteBuffer target) throws TlsException {
        flush();
        while (recordsStart < recordsEnd) {
            int length =
                    RecordLimits.HEADER + ((records[recordsStart + 3] & 0xff) << 8 | records[recordsStart + 4] & 0xff);
            if (length > target.remaining()) {
                return false;
            }
            target.put(records, recordsStart, length);
            recordsStart += length;
        }
        // Little is ever queued once the handshake is done: an idle connection keeps no buffer.
        dropRecords();
        return true;
    }

    private void dropMessages() {
        Buffers.giveBack(messages);
        messages = EMPTY;
        messagesLength = 0;
    }

    private void dropRecords() {
        Buffers.giveBack(records);
        records = EMPTY;
        recordsStart = 0;
        recordsEnd = 0;
    }

    /** Queues data that the handshake itself sends: early data, or what was refused as such. */
    void queueApplicationData(Bytes data) throws TlsException {
        flush();
        byte[] all = data.toArray();
        for (int sent = 0; sent < all.length; ) {
            if (shouldUpdateKey()) {
                updateKey(false);
            }
            int length = Math.min(all.length - sent, contentLimit());
            append(ContentType.APPLICATION_DATA, all, sent, length);
            tellApplicationData(length, false, false);
            sent += length;
        }
        Arrays.fill(all, (byte) 0);
    }

    private void tellApplicationData(int length, boolean halfRtt, boolean shortened) {
        if (teller.isHeard()) {
            Protection by = protection;
            teller.tell(() -> new TraceEvent.ApplicationData(Flow.SENT, length, by, halfRtt, shortened));
        }
    }

    /** Seals one record of application data from {@code source} into {@code target}; returns false, having done nothing, if there is no room for a single byte, or for the padding that it may get. */
    boolean applicationData(ByteBuffer source, ByteBuffer target, boolean halfRtt) throws TlsException {
        int room = target.remaining() - sealer.sealedLength(0, 0);
        int most = growth == null ? contentLimit() : growth.next(contentLimit());
        int length = Math.min(Math.min(source.remaining(), most), room);
        if (length <= 0 || (setting.shape().padsData() && room < contentLimit())) {
            return false;
        }
        byte[] from = source.hasArray() ? source.array() : staged(source, length);
        int offset = source.hasArray() ? source.arrayOffset() + source.position() : 0;
        int zeros = zeros(length);
        int written = sealInto(target, from, offset, length, zeros);
        source.position(source.position() + length);
        if (growth != null) {
            growth.sent(length);
        }
        tellRecord(ContentType.APPLICATION_DATA, written, zeros);
        boolean shortened = length == most && most < contentLimit() && source.hasRemaining();
        tellApplicationData(length, halfRtt, shortened);
        return true;
    }

    /** Lets go of what an idle connection does not need. */
    void rest() {
        sealer.release();
        Arrays.fill(staging, (byte) 0);
        staging = EMPTY;
        sealed = EMPTY;
    }

    /** Forgets keys and whatever was not sent. */
    void destroy() {
        sealer.destroy();
        dropMessages();
        dropRecords();
        Arrays.fill(staging, (byte) 0);
        staging = EMPTY;
        sealed = EMPTY;
        if (secret != null) {
            secret.wipe();
        }
    }

    private int sealInto(ByteBuffer target, byte[] from, int offset, int length, int zeros) throws TlsException {
        if (target.hasArray()) {
            int written = sealer.seal(
                    ContentType.APPLICATION_DATA,
                    from,
                    offset,
                    length,
                    zeros,
                    target.array(),
                    target.arrayOffset() + target.position());
            target.position(target.position() + written);
            return written;
        }
        if (sealed.length == 0) {
            sealed = new byte[RecordLimits.RECORD];
        }
        int written = sealer.seal(ContentType.APPLICATION_DATA, from, offset, length, zeros, sealed, 0);
        target.put(sealed, 0, written);
        return written;
    }

    private byte[] staged(ByteBuffer source, int length) {
        if (staging.length < length) {
            staging = new byte[RecordLimits.PLAINTEXT];
        }
        source.get(source.position(), staging, 0, length);
        return staging;
    }

    private void append(ContentType type, byte[] content, int offset, int length) throws TlsException {
        int zeros = type == ContentType.CHANGE_CIPHER_SPEC ? 0 : zeros(length);
        records = Buffers.grow(records, recordsEnd, sealer.sealedLength(length, zeros));
        boolean initialHello = firstFlight && type == ContentType.HANDSHAKE && setting.role() == Role.CLIENT;
        int written = initialHello
                ? sealer.sealInitialClientHello(content, offset, length, records, recordsEnd)
                : sealer.seal(type, content, offset, length, zeros, records, recordsEnd);
        recordsEnd += written;
        tellRecord(type, written, zeros);
    }

    /** How much content and padding the next record may have. */
    private int contentLimit() {
        return Math.min(sealer.contentLimit(), setting.shape().records().sendLimit());
    }

    private int zeros(int length) {
        int room = contentLimit() - length;
        if (protection != Protection.EARLY) {
            return setting.shape().zeros(protection, length, room);
        }
        int zeros = setting.shape().zeros(protection, length, (int) Math.min(room, earlyPaddingLeft));
        earlyPaddingLeft -= zeros;
        return zeros;
    }

    private void tellRecord(ContentType type, int length, int padding) {
        // Asked first here, for each record: what makes an event is an object too.
        if (!teller.isHeard()) {
            return;
        }
        Protection of = type == ContentType.CHANGE_CIPHER_SPEC ? Protection.CLEAR : protection;
        teller.tell(() -> new TraceEvent.RecordPassed(Flow.SENT, type, length, padding, of));
    }
}
