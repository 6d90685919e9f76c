package dev.akushu.tls.trace;

import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.Role;
import java.util.ArrayList;
import java.util.List;

/** What a peer may wish of a certificate beside a scheme that it accepts; by these, the better one among several is chosen ({@link IdentitySource#among}). */
public enum IdentityWish {
    /** A client has named whom it wants to talk to. RFC 6066 section 3. */
    SERVER_NAME {
        @Override
        boolean isFulfilled(Identity identity, IdentitySource.Request wish) {
            String name = wish.serverName();
            return name != null && identity.serves(name);
        }
    },
    /** All signatures in the chain are to be by schemes that the peer accepts inside certificates. RFC 9846 section 4.3.3. */
    CERTIFICATE_SCHEMES {
        @Override
        boolean isFulfilled(Identity identity, IdentitySource.Request wish) {
            return identity.isSignedBy(wish.certificateSchemes());
        }
    },
    /** The peer has named authorities. RFC 9846 section 4.3.4. */
    AUTHORITIES {
        @Override
        boolean isFulfilled(Identity identity, IdentitySource.Request wish) {
            return identity.leadsToOneOf(wish.authorities());
        }
    },
    /** A server has said what it wants to see in the certificate. RFC 9846 section 4.3.5. */
    FILTERS {
        @Override
        boolean isFulfilled(Identity identity, IdentitySource.Request wish) {
            return wish.takes(identity);
        }
    };

    abstract boolean isFulfilled(Identity identity, IdentitySource.Request wish);

    /** Those that are in {@code wish}, which came to the end {@code teller}. A client's own is the name of the server, whatever its certificate says. */
    static List<IdentityWish> expressed(Role teller, IdentitySource.Request wish) {
        List<IdentityWish> expressed = new ArrayList<>();
        if (teller == Role.SERVER && wish.serverName() != null) {
            expressed.add(SERVER_NAME);
        }
        expressed.add(CERTIFICATE_SCHEMES);
        if (!wish.authorities().isEmpty()) {
            expressed.add(AUTHORITIES);
        }
        if (!wish.filters().isEmpty()) {
            expressed.add(FILTERS);
        }
        return expressed;
    }
}
