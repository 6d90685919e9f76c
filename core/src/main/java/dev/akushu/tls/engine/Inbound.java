package dev.akushu.tls.engine;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.record.HandshakeJoiner;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.record.RecordOpener;
import dev.akushu.tls.reuse.Buffers;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: takes one record at a time out of the caller's buffer, opens it straight into the caller's other buffer where it may hold application data, and
 * joins handshake fragments. One thread at a time.
 */
final class Inbound {
    private static final byte[] EMPTY = new byte[0];
    /** Tag and content type: what a protected record holds besides its content. */
    private static final int OVERHEAD = 17;

    private final Setting setting;
    private final Teller teller;
    private final RecordOpener opener = new RecordOpener();
    private final HandshakeJoiner joiner = new HandshakeJoiner();
    private byte[] plaintext = EMPTY;
    private byte[] staging = EMPTY;
    private int contentOffset;
    private byte[] contentArray = EMPTY;
    private boolean opensDirectly;
    private long bytesReceived;
    private Protection protection = Protection.CLEAR;
    private @Nullable TrafficSecret secret;
    private @Nullable SuiteCrypto suite;
    private long generation;

    Inbound(Setting setting, Teller teller) {
        this.setting = setting;
        this.teller = teller;
    }

    /** What became of the next record. */
    enum Result {
        /** There is none yet. */
        NEED_INPUT,
        /** The application's buffer could not take what might be in it; nothing was consumed. */
        NEED_SPACE,
        /** It was early data, which is skipped. */
        SKIPPED,
        /** Its content is there. */
        OPENED
    }

    /** Expects what comes from here on protected by keys from {@code next}, which is taken over. */
    void keys(Protection stage, TrafficSecret next, SuiteCrypto suiteOfStage) {
        boolean answered = protection == Protection.EARLY;
        protection = stage;
        replaceSecret(next);
        suite = suiteOfStage;
        generation = 0;
        install(next, suiteOfStage);
        // A client that cannot use the ServerHello has no keys for its alert; one that ends its early data has.
        if (setting.role() == Role.SERVER && stage == Protection.HANDSHAKE && !answered) {
            opener.permitClearAlert();
        }
        permitAlertBesideEarlyData();
    }

    /** RFC 9846 appendix A.1: as long as a client has early data to send, it may send alerts in the clear. */
    private void permitAlertBesideEarlyData() {
        if (protection == Protection.EARLY) {
            opener.permitClearAlert();
        }
    }

    /** The peer goes on with its next keys. RFC 9846 section 7.2. */
    void updateKey() {
        TrafficSecret present = Objects.requireNonNull(secret, "no keys to update");
        TrafficSecret next = present.next();
        secret = next;
        generation++;
        install(next, Objects.requireNonNull(suite, "no suite"));
    }

    void limit(int bytes) throws TlsException {
        opener.limitInnerPlaintext(bytes);
    }

    /** The secret of the present keys. */
    TrafficSecret secret() {
        return Objects.requireNonNull(secret, "no keys yet");
    }

    void skipEarlyData(long bytes) {
        opener.skipEarlyData(bytes);
    }

    Protection protection() {
        return protection;
    }

    /** The next whole handshake message, or null. */
    byte @Nullable [] nextMessage() throws TlsException {
        return joiner.next();
    }

    /** The code of the type of the handshake message that has begun but is not whole yet, or -1. */
    int begunMessage() {
        return joiner.begun();
    }

    /** Whether no part of a further handshake message is buffered. */
    boolean isAligned() {
        return joiner.isAligned();
    }

    /** How many bytes have been consumed in all. */
    long bytesReceived() {
        return bytesReceived;
    }

    /**
     * Opens the next record.
     *
     * @param application takes application data directly; null while there can be none
     */
    Result next(ByteBuffer network, @Nullable ByteBuffer application) throws TlsException {
        byte[] source = network.hasArray() ? network.array() : staged(network);
        int offset = network.hasArray() ? network.arrayOffset() + network.position() : 0;
        int length = opener.recordLength(source, offset, Math.min(network.remaining(), source.length - offset));
        if (length == RecordOpener.NEED_MORE) {
            return Result.NEED_INPUT;
        }
        int mostContent = length - RecordLimits.HEADER;
        if (application != null
                && source[offset] == ContentType.APPLICATION_DATA.code()
                && application.remaining() < mostContent - OVERHEAD) {
            return Result.NEED_SPACE;
        }
        chooseTarget(application, mostContent);
        network.position(network.position() + length);
        bytesReceived += length;
        if (!opener.open(source, offset, length, contentArray, contentOffset)) {
            teller.tell(() -> new TraceEvent.EarlyDataSkipped(length));
            return Result.SKIPPED;
        }
        permitAlertBesideEarlyData();
        if (teller.isHeard()) {
            tellRecord(length);
        }
        return Result.OPENED;
    }

    private void tellRecord(int length) {
        ContentType type = opener.contentType();
        Protection of = opener.wasProtected() ? protection : Protection.CLEAR;
        int padding = opener.paddingLength();
        teller.tell(() -> new TraceEvent.RecordPassed(Flow.RECEIVED, type, length, padding, of));
    }

    /** The Finished that the previous secret was kept for has been verified. */
    private void replaceSecret(TrafficSecret next) {
        if (secret != null) {
            secret.wipe();
        }
        secret = next;
    }

    private void install(TrafficSecret next, SuiteCrypto of) {
        opener.protect(next.keys(of.aead()));
        teller.tell(() -> new TraceEvent.KeysChanged(Flow.RECEIVED, protection, generation));
    }

    ContentType contentType() {
        return opener.contentType();
    }

    int contentLength() {
        return opener.contentLength();
    }

    /** The code of the alert opened last, whose level says nothing; -1 if that is no alert, or none of two bytes. RFC 9846 section 6. */
    int alertCode() {
        boolean isAlert = contentType() == ContentType.ALERT && contentLength() == 2;
        return isAlert ? contentArray[contentOffset + 1] & 0xff : -1;
    }

    /** Gives the content opened last to the application, which has room for it. */
    void deliver(ByteBuffer application) {
        if (!opensDirectly) {
            application.put(plaintext, 0, contentLength());
            return;
        }
        application.position(application.position() + contentLength());
    }

    /** Gives the content opened last to the early input. */
    void deliver(EarlyInput early) throws TlsException {
        early.add(contentArray, contentOffset, contentLength());
        Arrays.fill(contentArray, contentOffset, contentOffset + contentLength(), (byte) 0);
    }

    /** Gives the content opened last to the joiner. */
    void join() throws TlsException {
        joiner.add(contentArray, contentOffset, contentLength());
        // The array may be the caller's, who would not know that there is something to wipe.
        Arrays.fill(contentArray, contentOffset, contentOffset + contentLength(), (byte) 0);
    }

    /** What still comes is opened where the caller wants its data, if that is in the heap and has room for it. */
    void handshakeIsOver() {
        forgetContent();
        Buffers.giveBack(plaintext);
        plaintext = EMPTY;
    }

    /** Lets go of the content opened last: where it is may be the caller's. */
    void forgetContent() {
        contentArray = EMPTY;
    }

    /** Lets go of what an idle connection does not need. */
    void rest() {
        opener.release();
        release();
    }

    /** Lets go of buffers that only the handshake, or direct buffers, need. */
    private void release() {
        contentArray = EMPTY;
        Buffers.giveBack(plaintext);
        plaintext = EMPTY;
        staging = EMPTY;
    }

    void destroy() {
        opener.destroy();
        release();
        if (secret != null) {
            secret.wipe();
        }
    }

    private void chooseTarget(@Nullable ByteBuffer application, int mostContent) {
        opensDirectly = application != null && application.hasArray() && application.remaining() >= mostContent;
        if (application != null && opensDirectly) {
            contentArray = application.array();
            contentOffset = application.arrayOffset() + application.position();
            return;
        }
        if (plaintext.length < mostContent) {
            // Most records of a handshake are short, and a few follow it.
            int room = Integer.highestOneBit(mostContent) << 1;
            byte[] larger = Buffers.take(Math.min(room, RecordLimits.CIPHERTEXT));
            Buffers.giveBack(plaintext);
            plaintext = larger;
        }
        contentArray = plaintext;
        contentOffset = 0;
    }

    private byte[] staged(ByteBuffer network) {
        if (staging.length == 0) {
            staging = new byte[RecordLimits.RECORD];
        }
        network.get(network.position(), staging, 0, Math.min(network.remaining(), staging.length));
        return staging;
    }
}
