package dev.akushu.bench;

import java.security.GeneralSecurityException;

/** Who is measured: a column of the table. */
interface Contender {
    String name();

    /**
     * An operation, ready to be repeated.
     *
     * @throws GeneralSecurityException if this contender cannot do it
     */
    Task task(Operation operation) throws GeneralSecurityException;

    /** Verifies {@code signed} by ECDSA on P-256 with SHA-256, ready to be repeated. */
    Task verify(Keys.Signed signed) throws GeneralSecurityException;
}
