package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.TlsException;
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
    /** For TLS 1.3, which DTLS 1.3 is not. */
    public static ImportedIdentity of(Bytes externalIdentity, Bytes context, Kdf targetKdf) {
        return new ImportedIdentity(externalIdentity, context, ProtocolVersion.TLS_1_3, targetKdf.code());
    }

    /** What {@code identity} holds if it has this form from its first to its last byte, else null: it is a ticket then, or names a raw key. */
    public static @Nullable ImportedIdentity find(Bytes identity) {
        try {
            WireReader in = WireReader.of(identity.toArray());
            ImportedIdentity found = new ImportedIdentity(
                    in.vector16("external_identity", 1, 0xffff),
                    in.vector16("context", 0, 0xffff),
                    in.u16("target_protocol", ProtocolVersion::of),
                    in.u16("target_kdf"));
            in.expectEnd("ImportedIdentity");
            return found;
        } catch (TlsException otherForm) {
            return null;
        }
    }

    /** The bytes. */
    public Bytes encode() {
        WireWriter out = new WireWriter();
        out.vector16("external_identity", externalIdentity);
        out.vector16("context", context);
        out.u16("target_protocol", targetProtocol.code());
        out.u16("target_kdf", targetKdf);
        return Bytes.wrap(out.toArray());
    }
}
