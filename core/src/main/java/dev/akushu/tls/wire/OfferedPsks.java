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

    /** The same identities with other binders, as many and each as long. */
    OfferedPsks withBinders(List<Bytes> others) {
        List<Integer> lengths = binders.stream().map(Bytes::length).toList();
        List<Integer> otherLengths = others.stream().map(Bytes::length).toList();
        if (!lengths.equals(otherLengths)) {
            throw new IllegalArgumentException("binders need the lengths " + lengths + ", got " + otherLengths);
        }
        return new OfferedPsks(identities, others);
    }
}
