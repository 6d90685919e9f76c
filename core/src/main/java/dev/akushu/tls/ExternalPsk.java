package dev.akushu.tls;

import dev.akushu.tls.resume.HeldSecret;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pre-shared key that both ends were given by other means than TLS, and the identity by which they call it. It stands in the place of certificates. RFC 9846 section 4.3.11, RFC 9257, RFC 9258.
 *
 * <p>The key must be as hard to guess as any key: whoever records a handshake can try guesses against it. So no passwords. One key is for two parties alone: each of
 * three could be either of the others. The identity goes over the network in clear.
 */
public final class ExternalPsk {
    /** The fewest bytes that a key has. RFC 9257 section 6: 128 bits of entropy at least. */
    public static final int LEAST_KEY_BYTES = 16;

    /** The most bytes that identity and context have together; a ClientHello has room for several of these. */
    public static final int MOST_IDENTITY_BYTES = 1 << 10;

    private static final int MOST_KEY_BYTES = 1 << 12;

    private final Bytes identity;
    private final Bytes context;
    private final HeldSecret key;
    private final Kdf kdf;
    private final boolean imported;
    private final @Nullable EarlyDataTerms earlyData;

    private ExternalPsk(
            Bytes identity,
            Bytes context,
            HeldSecret key,
            Kdf kdf,
            boolean imported,
            @Nullable EarlyDataTerms earlyData) {
        int length = identity.length() + context.length();
        if (identity.isEmpty() || length > MOST_IDENTITY_BYTES) {
            throw new IllegalArgumentException("an identity has at least 1 byte, and with its context at most "
                    + MOST_IDENTITY_BYTES + ", not " + identity.length() + " and " + context.length());
        }
        if (key.length() < LEAST_KEY_BYTES || key.length() > MOST_KEY_BYTES) {
            throw new IllegalArgumentException("a pre-shared key has " + LEAST_KEY_BYTES + " to " + MOST_KEY_BYTES
                    + " random bytes, not " + key.length());
        }
        this.identity = identity;
        this.context = context;
        this.key = key;
        this.kdf = kdf;
        this.imported = imported;
        this.earlyData = earlyData;
    }

    /**
     * A key that is imported into TLS 1.3: each connection uses keys that are derived from it for this protocol and the hash of the suite, so it does no harm if the same key is
     * used with another protocol or hash elsewhere. Both ends must use importers.
     *
     * @param identity by which both ends call the key
     * @param key copied; the array stays the caller's to wipe
     */
    public static ExternalPsk of(Bytes identity, byte[] key) {
        return new ExternalPsk(identity, Bytes.empty(), HeldSecret.copyOf(key), Kdf.HKDF_SHA256, true, null);
    }

    /** As {@link #of(Bytes, byte[])}, with an identity in UTF-8. */
    public static ExternalPsk of(String identity, byte[] key) {
        return of(Bytes.wrap(identity.getBytes(StandardCharsets.UTF_8)), key);
    }

    /**
     * A key that is used as it is, for peers without importers. Nothing keeps it from being used with another protocol or hash too, which can break both, and nothing but its binder's label from being used as a ticket's.
     *
     * @param kdf for which alone it may be used; SHA-256 where nobody has said otherwise (RFC 9846 section 4.3.11)
     */
    public static ExternalPsk dangerRaw(Bytes identity, byte[] key, Kdf kdf) {
        return new ExternalPsk(identity, Bytes.empty(), HeldSecret.copyOf(key), kdf, false, null);
    }

    /**
     * The same key with the context by which it was chosen, such as the names of both ends; the peer must use the same. RFC 9258 section 5.1 and appendix B.
     *
     * @throws IllegalStateException if the key is not imported
     */
    public ExternalPsk withContext(Bytes value) {
        requireImported();
        return new ExternalPsk(identity, value, key, kdf, true, earlyData);
    }

    /**
     * The same key, which was made for another hash than SHA-256. RFC 9258 section 5.1.
     *
     * @throws IllegalStateException if the key is not imported
     */
    public ExternalPsk withKdf(Kdf value) {
        requireImported();
        return new ExternalPsk(identity, context, key, value, true, earlyData);
    }

    /**
     * The same key, with which early data may be sent; without this none is. The peer must have the same terms. A server takes it only if it takes early data at all ({@link TlsServer.Builder#earlyData}).
     */
    public ExternalPsk withEarlyData(EarlyDataTerms terms) {
        return new ExternalPsk(identity, context, key, kdf, imported, terms);
    }

    /** The name of the key. */
    public Bytes identity() {
        return identity;
    }

    /** The context of an imported key, often empty. */
    public Bytes context() {
        return context;
    }

    /** The KDF that the key was made for. */
    public Kdf kdf() {
        return kdf;
    }

    /** What both ends have agreed on for early data, if it may be sent with this key. */
    public Optional<EarlyDataTerms> earlyData() {
        return Optional.ofNullable(earlyData);
    }

    /** Whether it is imported, and not used as it is. */
    public boolean imported() {
        return imported;
    }

    /** A copy of the key, which the caller must wipe. Asking after {@link #wipe} is a fault of the caller. */
    public byte[] copyKey() {
        return key.copy();
    }

    /** Overwrites the key, here and in those made from it by {@link #withContext} and the like. */
    public void wipe() {
        key.wipe();
    }

    /** Its name and kind; never the key. */
    @Override
    public String toString() {
        return "ExternalPsk[" + identity.printableAscii() + ", " + key.length() + " bytes, " + kdf
                + (imported ? ", imported]" : ", raw]");
    }

    /** Whether it is the one that {@code wanted} asks for. */
    public boolean answers(PskSource.Request wanted) {
        return imported == wanted.imported()
                && Objects.equals(identity, wanted.identity())
                && Objects.equals(context, wanted.context());
    }

    private void requireImported() {
        if (!imported) {
            throw new IllegalStateException("only an imported key has a context and a KDF of its own");
        }
    }
}
