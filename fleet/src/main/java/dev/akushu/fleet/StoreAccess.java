package dev.akushu.fleet;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a server proves itself to the store, and the store to it; each setter gives a new value. Over {@code rediss://} the connection is TLS 1.3 by Akushu itself, and the host of the
 * address must stand in the store's certificate.
 *
 * @param user what ACL knows this server by; empty to be the default user, or the one in the address
 * @param authorities a PEM file with those who certify the store; empty for those of the JDK
 * @param identity the certificate of this server; empty if the store asks for none
 */
public record StoreAccess(Optional<User> user, Optional<Path> authorities, Optional<Identity> identity) {
    /** The default user, the JDK's authorities, no certificate. */
    public static final StoreAccess DEFAULT = new StoreAccess(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A user of the store.
     *
     * @param name null for the default user
     * @param password asked for at each connection, so that it can change; no copy is kept
     */
    public record User(@Nullable String name, Supplier<char[]> password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    /**
     * A certificate and its private key, in PEM files.
     *
     * @param chain the certificate and those that certify it
     * @param key in PKCS#8, not encrypted
     */
    public record Identity(Path chain, Path key) {}

    /** As this user. */
    public StoreAccess user(User value) {
        return new StoreAccess(Optional.of(value), authorities, identity);
    }

    /** With a store that these authorities certify. */
    public StoreAccess authorities(Path value) {
        return new StoreAccess(user, Optional.of(value), identity);
    }

    /** With this certificate. */
    public StoreAccess identity(Identity value) {
        return new StoreAccess(user, authorities, Optional.of(value));
    }

    /** Reads the files once, so that what is wrong with one is said by its name, and at once. */
    void requireReadable() throws TlsException {
        if (authorities.isPresent()) {
            var _ = Trust.pem(authorities.get());
        }
        if (identity.isPresent()) {
            var _ = dev.akushu.tls.Identity.pem(
                    identity.get().chain(), identity.get().key());
        }
    }

    boolean hasCertificates() {
        return authorities.isPresent() || identity.isPresent();
    }
}
