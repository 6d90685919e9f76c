package dev.akushu.cli.crypto;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.Origin;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something of a primitive that can be timed.
 *
 * @param primitive its name in the protocol
 * @param what what is done with it
 * @param origins whose code does it in a configuration; empty where it has none
 * @param task makes it ready to be repeated, in a configuration that has it
 */
record Operation(String primitive, What what, Function<Crypto, Optional<List<Origin>>> origins, Setup task) {
    /** What is done. */
    enum What {
        /** Protects a record of 16 KiB. */
        SEAL,
        /** Removes the protection of such a record. */
        OPEN,
        /** Hashes 1 KiB. */
        HASH,
        /** A client's part of the key exchange: a fresh share, and the secret. */
        CLIENT,
        /** A server's part: a fresh share and the secret in one. */
        SERVER,
        /** Signs what a CertificateVerify does. */
        SIGN,
        /** Verifies that under the same key again and again. */
        VERIFY
    }

    /** Makes a task. */
    interface Setup {
        Task in(Crypto crypto) throws GeneralSecurityException;
    }

    /** Does it once. */
    interface Task {
        Object run() throws GeneralSecurityException;
    }
}
