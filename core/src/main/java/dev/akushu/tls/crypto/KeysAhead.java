package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A group whose key pairs another thread makes ahead, so that a handshake finds one. Each is given to one handshake alone; where none is left, the
 * handshake makes its own. The thread is there only while pairs are missing, from the first handshake on.
 */
final class KeysAhead implements KeyExchange {
    private static final Logger LOG = System.getLogger(KeysAhead.class.getName());

    private final KeyExchange group;
    private final @Nullable KeyExchange answering;
    private final int most;
    private final Queue<ClientShare> ready = new ConcurrentLinkedQueue<>();
    /** Of those in the queue; for a moment one less, or one more. */
    private final AtomicInteger count = new AtomicInteger();

    private final AtomicBoolean making = new AtomicBoolean();

    /**
     * Of {@code group}.
     *
     * @param answering answers clients' shares; null if that is to agree with a key pair of the group, as in Diffie-Hellman
     */
    private KeysAhead(KeyExchange group, @Nullable KeyExchange answering, int most) {
        this.group = group;
        this.answering = answering;
        this.most = most;
    }

    /** {@code crypto} with {@code most} pairs ahead for each of its groups. */
    static Crypto in(Crypto crypto, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least one key pair is made ahead, or none at all; not " + most);
        }
        Map<KeyExchange, KeysAhead> all = new HashMap<>();
        Crypto changed = crypto;
        for (KeyExchange group : crypto.groups()) {
            KeyExchange bare = group instanceof KeysAhead before ? before.group : group;
            changed = changed.with(of(bare, most, all));
        }
        return changed;
    }

    private static KeysAhead of(KeyExchange group, int most, Map<KeyExchange, KeysAhead> all) {
        KeysAhead there = all.get(group);
        if (there == null) {
            there = new KeysAhead(group, answering(group, most, all), most);
            all.put(group, there);
        }
        return there;
    }

    private static @Nullable KeyExchange answering(KeyExchange group, int most, Map<KeyExchange, KeysAhead> all) {
        if (group instanceof Hybrid hybrid) {
            // The half of the KEM depends on the client's share.
            return hybrid.with(of(hybrid.classical(), most, all));
        }
        boolean isDiffieHellman = group instanceof CurveExchange || group instanceof DiffieHellman;
        return isDiffieHellman ? null : group;
    }

    @Override
    public NamedGroup group() {
        return group.group();
    }

    @Override
    public int clientShareLength() {
        return group.clientShareLength();
    }

    @Override
    public List<Origin> origins() {
        return group.origins();
    }

    @Override
    public ClientShare generate(SecureRandom random) {
        ClientShare taken = ready.poll();
        if (taken != null) {
            count.decrementAndGet();
        }
        order(random);
        return taken == null ? group.generate(random) : taken;
    }

    @Override
    public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
        if (answering != null) {
            return answering.respond(clientShare, random);
        }
        // A share that is no element of the group costs a pair, as a good one does, which costs its sender nothing
        // either.
        ClientShare own = generate(random);
        try {
            return new ServerShare(own.share(), own.agree(clientShare));
        } finally {
            own.destroy();
        }
    }

    private void order(SecureRandom random) {
        if (count.get() >= most || !making.compareAndSet(false, true)) {
            return;
        }
        boolean started = false;
        try {
            Thread.ofVirtual().name("akushu-keys-ahead").start(() -> make(random));
            started = true;
        } finally {
            if (!started) {
                making.set(false);
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // there may be one core, and handshakes are more urgent
    private void make(SecureRandom random) {
        do {
            try {
                while (count.get() < most) {
                    ready.add(group.generate(random));
                    count.incrementAndGet();
                    Thread.yield();
                }
            } catch (RuntimeException failed) {
                // The next handshake makes its own, and it is there that whoever configured this hears why it cannot.
                LOG.log(Logger.Level.DEBUG, "no key pair of " + group() + " could be made ahead", failed);
                return;
            } finally {
                making.set(false);
            }
            // Some may have been taken since, by who saw that they were being made.
        } while (count.get() < most && making.compareAndSet(false, true));
    }

    @Override
    public String toString() {
        return group + ", " + most + " key pairs ahead";
    }
}
