package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of one message, in their order. RFC 9846 section 4.3.
 *
 * <p>A decoded block holds no type twice, and none that the message may not carry. Whether an answer was asked for is
 * for the state machine to say, which knows the question: see {@link #types}.
 *
 * @param list the extensions in order; those that nobody here knows are {@link UnknownExtension}
 */
public record Extensions(List<Extension> list) {
    private static final Extensions NONE = new Extensions(List.of());

    /** As many as most messages have but a ClientHello. */
    private static final int FEW = 4;

    /** Takes a copy of the list. */
    public Extensions {
        list = List.copyOf(list);
    }

    /** No extensions. */
    public static Extensions none() {
        return NONE;
    }

    /** These extensions in this order. */
    public static Extensions of(Extension... extensions) {
        return new Extensions(List.of(extensions));
    }

    /** These extensions in this order. */
    public static Extensions of(List<Extension> extensions) {
        return new Extensions(extensions);
    }

    /** Reads the extensions of any message but the hellos that older versions of TLS have too. */
    static Extensions decode(WireReader in, MessageKind message) throws TlsException {
        return decodeBlock(block(in, message), message);
    }

    /**
     * Reads the extensions at the end of a ClientHello or ServerHello. One without supported_versions is no hello of
     * TLS 1.3 (RFC 9846 sections 4.2.2 and 4.3.1): it may have no extensions at all, and those that it has may be of
     * other forms and in other places. They are kept unread, for the peer to be told its true fault, its version.
     */
    static Extensions decodeInHello(WireReader in, MessageKind message) throws TlsException {
        if (!in.hasMore()) {
            return NONE;
        }
        WireReader block = block(in, message);
        return announces(ExtensionType.SUPPORTED_VERSIONS, block.ahead())
                ? decodeBlock(block, message)
                : keepBlock(block, message);
    }

    /** The extension of this kind, or null if it is absent. */
    public <E extends Extension> @Nullable E find(Class<E> kind) {
        // By index, here and below: asked dozens of times a handshake, and each iterator is an object.
        for (int i = 0; i < list.size(); i++) {
            Extension extension = list.get(i);
            if (kind.isInstance(extension)) {
                return kind.cast(extension);
            }
        }
        return null;
    }

    /** Whether an extension of this type is there, in whatever form. */
    public boolean has(ExtensionType type) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).type().code() == type.code()) {
                return true;
            }
        }
        return false;
    }

    /** The types in order: those of an answer must be among those of the question, or they are unsolicited. */
    public List<ExtensionType> types() {
        return list.stream().map(Extension::type).toList();
    }

    /**
     * The last one, or null if there is none: where pre_shared_key must be in a ClientHello. RFC 9846 section 4.3.11.
     */
    public @Nullable Extension last() {
        return list.isEmpty() ? null : list.getLast();
    }

    /** These extensions with another one in the place of the last. */
    Extensions withLast(Extension replacement) {
        Extension[] changed = list.toArray(Extension[]::new);
        changed[changed.length - 1] = replacement;
        return of(changed);
    }

    /** Writes the block with its length. */
    void encode(WireWriter out) {
        out.list("extensions", 2, list, Extensions::encodeOne);
    }

    /** Writes the block with its length; nothing if it is empty, as before TLS had extensions. */
    void encodeInHello(WireWriter out) {
        if (!list.isEmpty()) {
            encode(out);
        }
    }

    private static WireReader block(WireReader in, MessageKind message) throws TlsException {
        return in.sub("extensions", 2, message.shortestBlock(), 0xffff);
    }

    /** Whether the block has an extension of this type; a block that is cut off is left for the decoder to refuse. */
    private static boolean announces(ExtensionType type, WireReader block) throws TlsException {
        while (block.remaining() >= 4) {
            int code = block.u16("extension_type");
            int length = block.u16("extension_data");
            if (code == type.code()) {
                return true;
            }
            block.skip("extension_data", Math.min(length, block.remaining()));
        }
        return false;
    }

    private static Extensions decodeBlock(WireReader block, MessageKind message) throws TlsException {
        return read(block, message, (type, in) -> ExtensionTable.decode(type, in, message));
    }

    private static Extensions keepBlock(WireReader block, MessageKind message) throws TlsException {
        return read(block, message, UnknownExtension::decode);
    }

    private static Extensions read(WireReader block, MessageKind message, Decoder decoder) throws TlsException {
        List<Extension> extensions = new ArrayList<>(FEW);
        Seen seen = new Seen();
        while (block.hasMore()) {
            ExtensionType type = block.u16("extension_type", ExtensionType::of);
            // RFC 9846 4.3: there MUST NOT be more than one extension of the same type in a block.
            if (!seen.add(type)) {
                throw Problem.DUPLICATE_EXTENSION.with(type, message.messageName());
            }
            extensions.add(decoder.decode(type, block));
        }
        return new Extensions(extensions);
    }

    private static void encodeOne(WireWriter out, Extension extension) {
        out.u16("extension_type", extension.type().code());
        int data = out.begin(2);
        extension.encode(out);
        out.end("extension_data", 2, data);
    }

    /** Types that have been met; those that TLS itself has are below 64, and of the reserved values there are sixteen. */
    private static final class Seen {
        private long below64;
        private long reserved;
        private @Nullable Set<ExtensionType> others;

        /** Whether the type is new. */
        boolean add(ExtensionType type) {
            if (type.code() < Long.SIZE) {
                long before = below64;
                below64 |= 1L << type.code();
                return below64 != before;
            }
            if (type.isGrease()) {
                long before = reserved;
                reserved |= 1L << (type.code() >>> 12);
                return reserved != before;
            }
            if (others == null) {
                others = new HashSet<>();
            }
            return others.add(type);
        }
    }

    /** Reads extension_data with its length. */
    private interface Decoder {
        Extension decode(ExtensionType type, WireReader block) throws TlsException;
    }
}
