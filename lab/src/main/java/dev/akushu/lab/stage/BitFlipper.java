package dev.akushu.lab.stage;

import dev.akushu.lab.record.Recording;
import dev.akushu.tls.Role;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Flips one bit of one message. Where a message lies in protected records it knows from the sender, which a stranger would not; but
 * a stranger can flip the same bit, not knowing what it hits: the ciphers of TLS 1.3 encrypt byte by byte in place.
 */
final class BitFlipper implements Interference {
    private final Flip flip;
    private final Recording recording;
    private final AtomicBoolean done = new AtomicBoolean();

    BitFlipper(Flip flip, Recording recording) {
        this.flip = flip;
        this.recording = recording;
    }

    @Override
    public byte[] on(Role sender, int number, byte[] bytes) {
        if (sender != flip.sender() || done.get()) {
            return bytes;
        }
        OptionalInt position = recording.positionIn(sender, number, flip.message(), flip.occurrence(), flip.offset());
        if (position.isEmpty() || !done.compareAndSet(false, true)) {
            return bytes;
        }
        byte[] altered = bytes.clone();
        altered[position.getAsInt()] ^= (byte) (1 << flip.bit());
        return altered;
    }
}
