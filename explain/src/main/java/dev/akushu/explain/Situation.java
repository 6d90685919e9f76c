package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.SecretName;
import java.util.List;
import java.util.Map;

/**
 * What is so once a step has been taken.
 *
 * @param bothEnds whether both ends of the connection tell the story, in which case each thing is told once
 * @param roundTrips how often the client has had to wait for the server to get this far
 * @param retried whether the server asked for a second ClientHello
 * @param resumed whether the session is known to be resumed from a ticket
 * @param externalPsk whether an external pre-shared key is chosen, or as long as nothing is, whether the client offers such keys alone
 * @param pskAlone whether the keys come from a pre-shared key alone, without a key exchange
 * @param rawPublicKey whether the Certificate that passed last showed a public key alone (RFC 7250)
 * @param stapled whether an OCSP response stood in the Certificate that passed last
 * @param permutesExtensions whether the client puts the extensions of its ClientHello into an order of chance, as far as it tells
 * @param policies the names of the policies of the ends that tell the story
 * @param done whether the handshake is done at each end that is observed
 * @param failed whether the connection had failed before this step
 * @param lastMessage the name of the handshake message that passed last, this step included; empty before the first
 * @param secrets the secrets of the key schedule that exist, in the order in which they came to be
 */
public record Situation(
        boolean bothEnds,
        int roundTrips,
        boolean retried,
        boolean resumed,
        boolean externalPsk,
        boolean pskAlone,
        boolean rawPublicKey,
        boolean stapled,
        boolean permutesExtensions,
        Map<Role, String> policies,
        boolean done,
        boolean failed,
        String lastMessage,
        List<SecretName> secrets) {
    /** Copies the map and the list. */
    public Situation {
        policies = Map.copyOf(policies);
        secrets = List.copyOf(secrets);
    }
}
