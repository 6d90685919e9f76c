package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of RFC 9846 section 4.3.7: a Diffie-Hellman group, or a hybrid with a KEM. Safe for use by many threads.
 *
 * <p>The client {@linkplain #generate makes} a share and later {@linkplain ClientShare#agree agrees}; the server {@linkplain #respond responds} to a share in
 * one step, which fits Diffie-Hellman and KEM alike.
 */
public interface KeyExchange {
    /** The group's code. */
    NamedGroup group();

    /** Length of a client's share in bytes. */
    int clientShareLength();

    /** A fresh ephemeral key; its share goes into the ClientHello. */
    ClientShare generate(SecureRandom random);

    /**
     * The server's half: a fresh share and the common secret.
     *
     * @throws BadKeyShareException if {@code clientShare} is no valid element of the group
     */
    ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException;

    /** Whose code does the work; several for a hybrid. */
    default List<Origin> origins() {
        return List.of(Origin.of(this));
    }

    /** The client's ephemeral key while it waits for the server's share. */
    interface ClientShare {
        /** The group that the share is for. */
        NamedGroup group();

        /** The {@code key_exchange} bytes to send. */
        Bytes share();

        /**
         * The common secret, the caller's to wipe. RFC 9846 section 7.4.
         *
         * @throws BadKeyShareException if {@code serverShare} is no valid element of the group
         */
        byte[] agree(Bytes serverShare) throws BadKeyShareException;

        /**
         * The classical half of a hybrid as a share of its own, from the same key pair, or null: an X25519MLKEM768 share holds an x25519 share that can be
         * offered beside it at no cost.
         */
        default @Nullable ClientShare classicalHalf() {
            return null;
        }

        /** Forgets the private key as well as the platform allows. */
        void destroy();
    }

    /**
     * The server's answer to a client's share.
     *
     * @param share the {@code key_exchange} bytes to send
     * @param secret the common secret, the caller's to wipe
     */
    record ServerShare(Bytes share, byte[] secret) {}
}
