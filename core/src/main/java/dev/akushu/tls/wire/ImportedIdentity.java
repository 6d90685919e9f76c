package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Kdf;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an imported pre-shared key: the key's own, and what it is imported for. RFC 9258 section 5.1. It stands as a whole in the place of an identity in pre_shared_key.
 *
 * @param externalIdentity of the external key
 * @param context by which the key was chosen, often empty
 * @param targetProtocol the version of TLS
 * @param targetKdf the code of the KDF, one of {@link Kdf} or not
 */
public record ImportedIdentity(Bytes externalIdentity, Bytes context, ProtocolVersion targetProtocol, int targetKdf) {
    /** The bytes besides identity and context: their lengths, protocol and KDF. */
    private static final int FRAMING_BYTES = 2 + 2 + 2 + 2;

    /** For TLS 1.3, which DTLS 1.3 is not. */
    public static ImportedIdentity of(Bytes externalIdentity, Bytes context, Kdf targetKdf) {
        return new ImportedIdentity(externalIdentity, context, ProtocolVersion.TLS_1_3, targetKdf.code());
    }

    /** What {@code identity} holds if it has this form from its first to its last byte, else null: it is a ticket then, or names a raw key. */
    public static @Nullable ImportedIdentity find(Bytes identity) {
        // By the lengths alone, without an exception: a client may list very many tickets.
        if (identity.length() <= FRAMING_BYTES) {
            return null;
        }
        int nameLength = u16(identity, 0);
        int contextLength = identity.length() - FRAMING_BYTES - nameLength;
        int context = 2 + nameLength + 2;
        if (nameLength == 0 || contextLength < 0 || u16(identity, context - 2) != contextLength) {
            return null;
        }
        int target = context + contextLength;
        return new ImportedIdentity(
                identity.slice(2, nameLength),
                identity.slice(context, contextLength),
                ProtocolVersion.of(u16(identity, target)),
                u16(identity, target + 2));
    }

    private static int u16(Bytes from, int offset) {
        return from.at(offset) << 8 | from.at(offset + 1);
    }

    /** How many bytes identity and context have together. */
    public int nameLength() {
        return externalIdentity.length() + context.length();
    }

    /** The bytes. */
    public Bytes encode() {
        WireWriter out = new WireWriter();
        out.vector16("external_identity", externalIdentity);
        out.vector16("context", context);
        out.u16("target_protocol", targetProtocol.code());
        out.u16("target_kdf", targetKdf);
        return Bytes.wrap(out.finish());
    }
}
