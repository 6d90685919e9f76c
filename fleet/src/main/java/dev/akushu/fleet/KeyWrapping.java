package dev.akushu.fleet;

import java.security.GeneralSecurityException;

/**
 * Encrypts Ticket Keys for the store, which never sees one in clear: a {@link KeyEncryptionKey}, or a service that keeps its key to itself (a KMS, an HSM). All servers of a fleet
 * unwrap what each of them wrapped. Called by a thread of the fleet's own, which no handshake waits for, so it may block; but each call ends by itself within seconds, because meanwhile this server hears of no key and of no retirement, and nobody else ends it.
 */
public interface KeyWrapping {
    /**
     * The secret in a form that only {@link #unwrap} opens.
     *
     * @param secret stays the caller's, who wipes it; empty for the word that a key is retired, which is authenticated in the same way
     * @param context what the secret belongs to: authenticated, not encrypted, and not part of the result; a KMS calls it encryption context
     */
    byte[] wrap(byte[] secret, byte[] context) throws GeneralSecurityException;

    /**
     * The secret again, which the caller wipes; empty if it was.
     *
     * @param wrapped may be anything that somebody wrote to the store
     * @param context as for {@link #wrap}; with another one it must fail
     * @throws GeneralSecurityException if this was not wrapped by one of the fleet with this context; the message says why, and holds no secret
     */
    byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException;
}
