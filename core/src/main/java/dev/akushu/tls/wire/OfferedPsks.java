package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * pre_shared_key in a ClientHello: the keys that the client knows, with proof that it does. RFC 9846 section 4.3.11.
 *
 * @param identities the names of the keys, the one for early data first
 * @param binders a MAC for each identity, in the same order; whether they are as many is for the server to check
 */
public record OfferedPsks(List<PskIdentity> identities, List<Bytes> binders) implements Extension {
    /** Takes copies of the lists. */
    public OfferedPsks {
        identities = List.copyOf(identities);
        binders = List.copyOf(binders);
    }

    static OfferedPsks decode(WireReader in) throws TlsException {
        return new OfferedPsks(
                in.list("identities", 2, 7, 0xffff, PskIdentity::decode),
                in.list("binders", 2, 33, 0xffff, one -> one.vector8("PskBinderEntry", 32, 0xff)));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.PRE_SHARED_KEY;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("identities", 2, identities, (to, identity) -> identity.encode(to));
        out.list("binders", 2, binders, (to, binder) -> to.vector8("PskBinderEntry", binder));
    }

    /** How many bytes the list of binders takes, its 2-byte length included. */
    int bindersLength() {
        int length = 2;
        for (Bytes binder : binders) {
            length += 1 + binder.length();
        }
        return length;
    }

    /** Writes the binders into {@code target}, where their list begins at {@code offset} and has its lengths already. */
    void writeBinders(byte[] target, int offset) {
        int at = offset + 2;
        for (Bytes binder : binders) {
            binder.copyTo(target, at + 1);
            at += 1 + binder.length();
        }
    }

    /** The same identities with other binders, as many and each as long. */
    OfferedPsks withBinders(List<Bytes> others) {
        if (!areAsLong(others)) {
            throw new IllegalArgumentException(
                    "binders need the lengths " + lengths(binders) + ", got " + lengths(others));
        }
        return new OfferedPsks(identities, others);
    }

    private boolean areAsLong(List<Bytes> others) {
        if (others.size() != binders.size()) {
            return false;
        }
        for (int i = 0; i < binders.size(); i++) {
            if (others.get(i).length() != binders.get(i).length()) {
                return false;
            }
        }
        return true;
    }

    private static List<Integer> lengths(List<Bytes> binders) {
        return binders.stream().map(Bytes::length).toList();
    }
}
