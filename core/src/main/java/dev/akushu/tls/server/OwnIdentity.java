package dev.akushu.tls.server;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Identity;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.OwnProof;
import dev.akushu.tls.trace.TraceEvent;
import java.util.List;

/**
 * Who the server is in this handshake, and how it will prove it. RFC 9846 section 4.5.1.2.
 *
 * @param identity with a key that can sign for this client
 * @param scheme to sign with
 */
record OwnIdentity(Identity identity, SignatureScheme scheme) {
    /** Chooses, before anything is sent, so that a client that cannot be served learns why in clear. */
    static OwnIdentity choose(TlsServer config, ClientWishes wishes) throws TlsException {
        if (wishes.signatureSchemes().isEmpty()) {
            // It offered nothing but a pre-shared key, which was not taken.
            throw Problem.MISSING_EXTENSION.with(ExtensionType.SIGNATURE_ALGORITHMS, "ClientHello");
        }
        Identity identity = config.identities().choose(wishes.identityRequest()).orElseThrow(() -> nobody(wishes));
        if (!wishes.serverTypes().contains(identity.type())) {
            throw Problem.NO_COMMON_CERTIFICATE_TYPE.with(wishes.serverTypes(), List.of(identity.type()));
        }
        SignatureScheme scheme = OwnProof.scheme(identity, wishes.signatureSchemes(), config.capabilities());
        if (scheme == null) {
            throw Problem.NO_COMMON_SIGNATURE_SCHEME.with(wishes.signatureSchemes(), identity.schemes());
        }
        if (!identity.mayBeShownTo(wishes.certificateSchemes())) {
            throw Problem.OWN_CHAIN_DEPRECATED.with(identity.subject(), wishes.certificateSchemes());
        }
        return new OwnIdentity(identity, scheme);
    }

    /** RFC 9846 6.2: unrecognized_name is about a name that the client has provided. */
    private static TlsException nobody(ClientWishes wishes) {
        String name = wishes.serverName();
        return name == null
                ? Problem.NO_IDENTITY_FOR_CLIENT.with(
                        wishes.signatureSchemes(),
                        wishes.identityRequest().authorities().size())
                : Problem.UNRECOGNIZED_NAME.with(name, List.of());
    }

    /** Tells the observer who was chosen. */
    void tell(ClientWishes wishes, Output out) {
        out.event(() -> TraceEvent.IdentityChosen.of(Role.SERVER, identity, scheme, wishes.identityRequest()));
        out.learned(known -> known.withLocalCertificates(identity.chain()));
    }
}
