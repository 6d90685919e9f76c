package dev.akushu.tls;

import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an established connection. Holds no secrets.
 *
 * @param role which end this is
 * @param suite protects the records
 * @param group made the shared secret of this connection, a resumed one too; null if there was none because both policies have {@link Policy#dangerWithPskKe} and the keys come from a pre-shared key alone
 * @param signatureScheme with which the server proved its key, in the original handshake if this one resumed it
 * @param retried whether the server asked for a second ClientHello
 * @param notResumed why this was a full handshake; null if the session was resumed
 * @param applicationProtocol agreed by ALPN, or null
 * @param serverName that the client asked for by SNI, or null
 * @param peerCertificates the peer's chain in DER, its own first; those of the original handshake if this one resumed it; empty if the peer showed none
 * @param localCertificates this end's chain in DER; empty if it showed none
 * @param externalPsk the identity of the external pre-shared key by which both ends proved themselves, in the place of certificates; or null
 * @param rawPublicKey the public key in DER that the peer showed alone, in the place of certificates (RFC 7250); or null
 * @param authenticatedAt when the certificates were last proved by a signature, or that key by this handshake
 * @param ticketData what the server's application had put into the ticket that this session was resumed from, at the server's end; empty otherwise
 * @param earlyData what became of early data
 */
public record TlsSession(
        Role role,
        CipherSuite suite,
        @Nullable NamedGroup group,
        @Nullable SignatureScheme signatureScheme,
        boolean retried,
        @Nullable NotResumed notResumed,
        @Nullable String applicationProtocol,
        @Nullable String serverName,
        List<Bytes> peerCertificates,
        List<Bytes> localCertificates,
        @Nullable Bytes externalPsk,
        @Nullable Bytes rawPublicKey,
        Instant authenticatedAt,
        Bytes ticketData,
        EarlyDataReport earlyData) {
    /** Copies the lists. */
    public TlsSession {
        peerCertificates = List.copyOf(peerCertificates);
        localCertificates = List.copyOf(localCertificates);
    }

    /** A session without external pre-shared key, without data from a ticket and without early data. */
    public TlsSession(
            Role role,
            CipherSuite suite,
            NamedGroup group,
            @Nullable SignatureScheme signatureScheme,
            boolean retried,
            @Nullable NotResumed notResumed,
            @Nullable String applicationProtocol,
            @Nullable String serverName,
            List<Bytes> peerCertificates,
            List<Bytes> localCertificates,
            Instant authenticatedAt) {
        this(
                role,
                suite,
                group,
                signatureScheme,
                retried,
                notResumed,
                applicationProtocol,
                serverName,
                peerCertificates,
                localCertificates,
                null,
                null,
                authenticatedAt,
                Bytes.empty(),
                EarlyDataReport.none());
    }

    /** Whether the session was resumed from a ticket: no certificate was sent or checked. */
    public boolean resumed() {
        return notResumed == null;
    }

    /** The facts that there are, for people; of certificates and of data from a ticket how much there is. */
    @Override
    public String toString() {
        StringJoiner facts = new StringJoiner(", ", "TlsSession[", "]");
        facts.add(role.toString()).add(suite.toString());
        add(facts, "group", group);
        facts.add(resumed() ? "resumed" : "not resumed: " + notResumed);
        if (retried) {
            facts.add("retried");
        }
        add(facts, "signatureScheme", signatureScheme);
        add(facts, "applicationProtocol", applicationProtocol);
        add(facts, "serverName", serverName);
        add(facts, "peerCertificates", peerCertificates.isEmpty() ? null : peerCertificates.size());
        add(facts, "localCertificates", localCertificates.isEmpty() ? null : localCertificates.size());
        add(facts, "externalPsk", externalPsk);
        add(facts, "rawPublicKey", rawPublicKey);
        add(facts, "authenticatedAt", authenticatedAt);
        add(facts, "ticketData", ticketData.isEmpty() ? null : ticketData.length() + " bytes");
        add(facts, "earlyData", earlyData.equals(EarlyDataReport.none()) ? null : earlyData);
        return facts.toString();
    }

    private static void add(StringJoiner facts, String name, @Nullable Object fact) {
        if (fact != null) {
            facts.add(name + " " + fact);
        }
    }
}
