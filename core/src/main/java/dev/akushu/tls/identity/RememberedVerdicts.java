package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Trust.PeerChain;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one trust has accepted a short while ago: the same certificates, shown for the same host beside the same OCSP
 * response and held to the same schemes, need not be checked again. Refusals are not remembered. Bounded, and without a lock: each verdict has two
 * places, and the elder of those that stand there makes room. So whoever shows many good chains makes others wait for
 * a check, and gains nothing else. For any number of threads.
 */
final class RememberedVerdicts {
    /** How long at most. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    /** How many at most; each takes a few kilobytes, for the words about its checks. */
    static final int MOST = 1024;

    private final AtomicReferenceArray<@Nullable Verdict> places = new AtomicReferenceArray<>(MOST);

    /** SHA-256 over all of {@code peer} that a verdict depends on; the trust itself, and what it knows, is one and the same here. */
    static Bytes key(PeerChain peer) {
        MessageDigest digest = Sha256.fresh();
        update(digest, text(peer.peer().name()));
        update(digest, peer.hostName() == null ? null : text(peer.hostName()));
        update(digest, peer.ocspResponse());
        ByteBuffer schemes = ByteBuffer.allocate(peer.schemes().size() * Short.BYTES);
        peer.schemes().forEach(scheme -> schemes.putShort((short) scheme.code()));
        update(digest, Bytes.wrap(schemes.array()));
        for (Bytes certificate : peer.certificates()) {
            update(digest, certificate);
        }
        return Bytes.wrap(digest.digest());
    }

    /** The checks that were made when {@code key} was accepted, and before them when that was; empty if it is to be checked now. */
    Optional<List<CertificateCheck>> find(Bytes key, Instant now) {
        for (int place : places(key)) {
            Verdict verdict = places.get(place);
            if (verdict != null && verdict.key().equals(key) && verdict.holds(now)) {
                return Optional.of(verdict.checks());
            }
        }
        return Optional.empty();
    }

    /**
     * Remembers that {@code key} was accepted.
     *
     * @param holdsUntil the last moment at which the same is known to come out; one that has passed says that it is not
     */
    void keep(Bytes key, Instant now, Instant holdsUntil, List<CertificateCheck> checks) {
        Instant longest = now.plus(LIFETIME);
        Verdict verdict =
                new Verdict(key, now, holdsUntil.isBefore(longest) ? holdsUntil : longest, remembered(now, checks));
        if (verdict.holds(now)) {
            places.set(placeFor(key), verdict);
        }
    }

    private int placeFor(Bytes key) {
        int[] both = places(key);
        return standsSince(both[1], key).isBefore(standsSince(both[0], key)) ? both[1] : both[0];
    }

    /** Since when another verdict stands there; since ever if there is none that would be lost. */
    private Instant standsSince(int place, Bytes key) {
        Verdict verdict = places.get(place);
        return verdict == null || verdict.key().equals(key) ? Instant.MIN : verdict.from();
    }

    /** Two, so that two chains that are in use do not push each other out in turn. */
    private static int[] places(Bytes key) {
        return new int[] {(key.at(0) << 8 | key.at(1)) % MOST, (key.at(2) << 8 | key.at(3)) % MOST};
    }

    private static List<CertificateCheck> remembered(Instant now, List<CertificateCheck> checks) {
        List<CertificateCheck> all = new ArrayList<>();
        all.add(new CertificateCheck(Kind.REMEMBERED, checks.getFirst().subject(), now.toString()));
        all.addAll(checks);
        return List.copyOf(all);
    }

    private static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With its length, so that no two lists of parts are the same bytes; null is none, and not an empty one. */
    private static void update(MessageDigest digest, @Nullable Bytes part) {
        int length = part == null ? -1 : part.length();
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            digest.update((byte) (length >> shift));
        }
        if (part != null) {
            Sha256.add(digest, part);
        }
    }

    /**
     * One acceptance.
     *
     * @param from when it was reached; a clock that was set back takes it away
     * @param until the last moment at which it holds
     */
    private record Verdict(Bytes key, Instant from, Instant until, List<CertificateCheck> checks) {
        boolean holds(Instant now) {
            return !now.isBefore(from) && !now.isAfter(until);
        }
    }
}
