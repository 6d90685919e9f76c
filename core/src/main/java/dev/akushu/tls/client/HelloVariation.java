package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.engine.Grease;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.ProtocolVersion;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes the ClientHellos of one connection differ from those of the next without meaning anything, so that nobody comes to rely on how they look: values that nobody knows (RFC 8701), and the order of the extensions, which
 * RFC 9846 section 4.3 leaves free. Both ClientHellos of a connection vary alike, for section 4.2.2 lets little change between them.
 *
 * <p>Values stand where browsers have put them for years. Signature schemes are left alone: there are middleboxes that break connections over an unknown one.
 *
 * @param values the reserved values, or null to send none
 * @param order what the order follows from, or null to leave the extensions as they are
 */
record HelloVariation(@Nullable Values values, @Nullable Long order) {
    /** No secret is in a share that no server may choose, so it need not be long. */
    private static final Bytes SHARE = Bytes.wrap(new byte[1]);

    /** As the configuration wants it. */
    static HelloVariation of(TlsClient config) {
        if (!config.grease() && !config.permutesExtensions()) {
            return new HelloVariation(null, null);
        }
        SecureRandom random = config.crypto().random();
        ByteBuffer chance = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
        random.nextBytes(chance.array());
        return new HelloVariation(
                config.grease() ? Values.of(chance.getInt(0), random) : null,
                config.permutesExtensions() ? chance.getLong(Integer.BYTES) : null);
    }

    List<CipherSuite> suites(List<CipherSuite> real) {
        return values == null ? real : inFront(values.suite(), real);
    }

    List<ProtocolVersion> versions(List<ProtocolVersion> real) {
        return values == null ? real : inFront(values.version(), real);
    }

    List<NamedGroup> groups(List<NamedGroup> real) {
        return values == null ? real : inFront(values.group(), real);
    }

    List<KeyShareEntry> shares(List<KeyShareEntry> real) {
        return values == null ? real : inFront(new KeyShareEntry(values.group(), SHARE), real);
    }

    /** The extensions in {@code all}, which is changed, in the order of this connection; pre_shared_key is the last, as RFC 9846 section 4.3.11 wants it. */
    Extensions arrange(List<Extension> all) {
        if (values != null) {
            all.addFirst(values.empty());
            all.addLast(values.full());
        }
        if (order != null) {
            long seed = order;
            all.sort((one, other) -> Long.compare(
                    place(seed, one.type().code()), place(seed, other.type().code())));
        }
        moveToEnd(OfferedPsks.class, all);
        return Extensions.of(all);
    }

    private static void moveToEnd(Class<? extends Extension> kind, List<Extension> all) {
        for (int i = 0; i < all.size(); i++) {
            if (kind.isInstance(all.get(i))) {
                all.add(all.remove(i));
                return;
            }
        }
    }

    /** Follows from seed and type alone, so that an extension which comes or goes after a retry moves no other. */
    private static long place(long seed, int type) {
        long mixed = seed + type * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private static <T> List<T> inFront(T first, List<T> rest) {
        List<T> all = new ArrayList<>(rest.size() + 1);
        all.add(first);
        all.addAll(rest);
        return all;
    }

    /**
     * The values of one connection.
     *
     * @param suite stands in front of the suites
     * @param version stands in front of the versions
     * @param group stands in front of the groups, and has a share
     * @param empty an extension without content
     * @param full an extension with content
     */
    record Values(CipherSuite suite, ProtocolVersion version, NamedGroup group, Extension empty, Extension full) {
        static Values of(int bits, SecureRandom random) {
            int one = Grease.value(bits);
            return new Values(
                    CipherSuite.of(Grease.value(bits >>> 4)),
                    ProtocolVersion.of(Grease.value(bits >>> 8)),
                    NamedGroup.of(Grease.value(bits >>> 12)),
                    Grease.emptyExtension(one),
                    Grease.extension(Grease.another(one), random));
        }
    }
}
