package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Asks a key manager of JSSE who this end of one connection is. */
final class KeyManagerIdentities implements IdentitySource {
    private final Role role;
    private final Owner owner;
    private final @Nullable X509KeyManager keys;
    private final Identities identities;

    /** The identities for one connection; {@code keys} is null if there are none. */
    KeyManagerIdentities(Role role, Owner owner, @Nullable X509KeyManager keys, Identities identities) {
        this.role = role;
        this.owner = owner;
        this.keys = keys;
        this.identities = identities;
    }

    @Override
    public Optional<Identity> choose(Request request) throws TlsException {
        return role == Role.SERVER ? Optional.of(server(request)) : client(request);
    }

    /** Key type by key type in the client's order of preference, the first that can be used. */
    private Identity server(Request request) throws TlsException {
        TlsException unusable = null;
        for (String keyType : Schemes.keyTypes(request.schemes())) {
            String alias = keys == null ? null : owner.serverAlias(keys, keyType, issuers(request));
            try {
                Identity identity = alias == null ? null : identity(keys, alias);
                if (identity != null && request.accepts(identity)) {
                    return identity;
                }
            } catch (TlsException misfit) {
                unusable = misfit;
            }
        }
        List<SignatureScheme> none = List.of();
        throw unusable != null ? unusable : Problem.NO_COMMON_SIGNATURE_SCHEME.with(request.schemes(), none);
    }

    private Optional<Identity> client(Request request) throws TlsException {
        String[] keyTypes = Schemes.keyTypes(request.schemes()).toArray(new String[0]);
        String alias =
                keys == null || keyTypes.length == 0 ? null : owner.clientAlias(keys, keyTypes, issuers(request));
        return alias == null ? Optional.empty() : Optional.ofNullable(identity(keys, alias));
    }

    /** Null if the key manager has forgotten the alias: it may, between two calls. */
    private @Nullable Identity identity(@Nullable X509KeyManager manager, String alias) throws TlsException {
        if (manager == null) {
            return null;
        }
        PrivateKey key = manager.getPrivateKey(alias);
        X509Certificate[] chain = manager.getCertificateChain(alias);
        return key == null || chain == null || chain.length == 0 ? null : identities.of(chain, key);
    }

    private static Principal @Nullable [] issuers(Request request) throws TlsException {
        if (request.authorities().isEmpty()) {
            return null;
        }
        Principal[] issuers = new Principal[request.authorities().size()];
        for (int i = 0; i < issuers.length; i++) {
            issuers[i] = principal(request.authorities().get(i));
        }
        return issuers;
    }

    private static Principal principal(Bytes name) throws TlsException {
        try {
            return new X500Principal(name.toArray());
        } catch (IllegalArgumentException malformed) {
            throw Problem.ILLEGAL_VALUE.causedBy(malformed, "DistinguishedName", name, "a distinguished name in DER");
        }
    }
}
