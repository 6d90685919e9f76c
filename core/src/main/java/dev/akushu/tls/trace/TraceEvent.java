package dev.akushu.tls.trace;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ChainChecks;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.wire.HandshakeCodec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a connection, or one decision with what it was made among. */
public sealed interface TraceEvent {
    /**
     * An endpoint begins.
     *
     * @param role which end it is
     * @param serverName the host that the client wants, empty where none is known
     * @param policy the name of the policy that decides what it offers and takes
     * @param permutesExtensions whether it is a client that puts the extensions of its ClientHello into an order of chance
     */
    record Started(Role role, String serverName, String policy, boolean permutesExtensions) implements TraceEvent {}

    /**
     * A record passed the wire.
     *
     * @param flow which way
     * @param type what the record really holds; on the wire every protected record says application_data
     * @param length of the whole record in bytes, header and tag included
     * @param padding how many of them hide the length of the rest; the wire does not show them
     * @param protection whose keys protect it
     */
    record RecordPassed(Flow flow, ContentType type, int length, int padding, Protection protection)
            implements TraceEvent {}

    /**
     * A handshake message.
     *
     * @param flow which way
     * @param type its type
     * @param name its name; unlike the type it tells a HelloRetryRequest from a ServerHello
     * @param protection whose keys protect it
     * @param message all its bytes, header included
     */
    record Message(Flow flow, HandshakeType type, String name, Protection protection, Bytes message)
            implements TraceEvent {
        /** What each byte of the message means, by the decoder that the handshake itself uses. */
        public List<Field> fields() {
            return HandshakeCodec.annotate(message.toArray());
        }
    }

    /** A change_cipher_spec, which changes nothing: old middleboxes expect it. RFC 9846 appendix E.4. */
    record ChangeCipherSpec(Flow flow) implements TraceEvent {}

    /**
     * The suite is decided.
     *
     * @param chosen the suite
     * @param offered by the client, in its order
     * @param supported by this endpoint, in its order
     */
    record SuiteChosen(CipherSuite chosen, List<CipherSuite> offered, List<CipherSuite> supported)
            implements TraceEvent {}

    /**
     * The group of the key exchange is decided.
     *
     * @param chosen the group
     * @param offered the client's groups in its order
     * @param shares the groups for which the client sent a share
     * @param supported by this endpoint, in its order
     */
    record GroupChosen(NamedGroup chosen, List<NamedGroup> offered, List<NamedGroup> shares, List<NamedGroup> supported)
            implements TraceEvent {}

    /**
     * The server asks for another ClientHello.
     *
     * @param group for which a share is missing, or null if only the cookie is new
     * @param cookie whether a cookie must come back
     */
    record RetryRequested(@Nullable NamedGroup group, boolean cookie) implements TraceEvent {}

    /**
     * The cookie of a retry came back, and with it all that this server knows of the first ClientHello. RFC 9846 section 4.3.2.
     *
     * @param age since the retry
     */
    record CookieReturned(Duration age) implements TraceEvent {}

    /**
     * The application protocol is decided.
     *
     * @param chosen the protocol, or null if the two agreed on none
     * @param offered by the client
     * @param supported by this endpoint
     */
    record ApplicationProtocolChosen(@Nullable String chosen, List<String> offered, List<String> supported)
            implements TraceEvent {}

    /**
     * Both ends now have the secret of the key exchange.
     *
     * @param group by which
     * @param secretLength in bytes
     */
    record SharedSecretComputed(NamedGroup group, int secretLength) implements TraceEvent {}

    /** There is no key exchange: all keys come from the pre-shared key alone (psk_ke), without forward secrecy. RFC 9846 section 4.3.9. */
    record KeyExchangeOmitted() implements TraceEvent {}

    /** A secret of the key schedule exists now. RFC 9846 section 7.1. */
    record SecretDerived(SecretName name) implements TraceEvent {}

    /**
     * From here on records in one direction are protected by other keys.
     *
     * @param flow which direction
     * @param protection by the keys of which stage
     * @param generation 0 for the stage's first keys, then one more with each KeyUpdate
     */
    record KeysChanged(Flow flow, Protection protection, long generation) implements TraceEvent {}

    /**
     * The client offers to resume.
     *
     * @param tickets how many it offers
     * @param age of the first since it was received
     * @param ticketLength of the first in bytes
     */
    record ResumptionOffered(int tickets, Duration age, int ticketLength) implements TraceEvent {}

    /**
     * The client offers external pre-shared keys. RFC 9258.
     *
     * @param identities of the keys, in the order of preference
     */
    record ExternalPsksOffered(List<Bytes> identities) implements TraceEvent {
        /** Copies the list. */
        public ExternalPsksOffered {
            identities = List.copyOf(identities);
        }

        /** The offer of {@code psks}. */
        public static ExternalPsksOffered of(List<ExternalPsk> psks) {
            return new ExternalPsksOffered(
                    psks.stream().map(ExternalPsk::identity).toList());
        }
    }

    /**
     * An external pre-shared key takes the place of certificates.
     *
     * @param identity of the key
     * @param context that it was imported with, often empty
     * @param imported whether it was imported, and not used as it is
     * @param kdf that it was imported for
     */
    record ExternalPskChosen(Bytes identity, Bytes context, boolean imported, Kdf kdf) implements TraceEvent {
        /** The choice of {@code psk} for {@code kdf}. */
        public static ExternalPskChosen of(ExternalPsk psk, Kdf kdf) {
            return new ExternalPskChosen(psk.identity(), psk.context(), psk.imported(), kdf);
        }
    }

    /**
     * Whether the session resumes.
     *
     * @param reason why not, or null if it resumes
     */
    record ResumptionDecided(@Nullable NotResumed reason) implements TraceEvent {}

    /**
     * The server opened a ticket with its Ticket Key.
     *
     * @param keyName the name of the key, which stands in the ticket in clear
     * @param age of the ticket, by the server's clock
     * @param statedAge by the client's clock, as it says: early data is accepted only if the two are close (RFC 9846 section 8.3)
     * @param suite of the original session
     * @param pskLength in bytes
     * @param contents one line a thing inside, no secrets
     */
    record TicketOpened(
            Bytes keyName, Duration age, Duration statedAge, CipherSuite suite, int pskLength, List<String> contents)
            implements TraceEvent {}

    /**
     * The server sealed a ticket and forgets what is in it.
     *
     * @param keyName the name of the Ticket Key
     * @param lifetime how long the client may use it
     * @param ticketLength in bytes
     */
    record TicketSealed(Bytes keyName, Duration lifetime, int ticketLength) implements TraceEvent {}

    /**
     * Both ends have said what they take in a protected record, in bytes: content, type and padding together. RFC 8449.
     *
     * @param client what the client takes
     * @param server what the server takes
     */
    record RecordSizesAgreed(int client, int server) implements TraceEvent {}

    /**
     * It is known how many tickets follow, because the client asked for a number and the server answered. RFC 9149.
     *
     * @param count how many the server means to send
     * @param wish how many the client would like
     */
    record TicketsAnnounced(int count, TicketRequest wish) implements TraceEvent {}

    /**
     * The client keeps a ticket, sealed as it is.
     *
     * @param lifetime how long it may be used
     * @param ticketLength in bytes
     * @param kept false if it is of no use and dropped
     */
    record TicketReceived(Duration lifetime, int ticketLength, boolean kept) implements TraceEvent {}

    /**
     * The client offers early data. RFC 9846 section 4.3.10.
     *
     * @param length of the data in bytes
     * @param limit max_early_data_size of the ticket
     */
    record EarlyDataOffered(int length, long limit) implements TraceEvent {}

    /**
     * It is decided what becomes of early data.
     *
     * @param outcome accepted, or why not
     */
    record EarlyDataDecided(EarlyDataOutcome outcome) implements TraceEvent {}

    /**
     * The server passed over a record of early data that it does not take.
     *
     * @param length of the whole record in bytes
     */
    record EarlyDataSkipped(int length) implements TraceEvent {}

    /**
     * The client sends data again, as ordinary data, that was not accepted early.
     *
     * @param length in bytes
     */
    record EarlyDataResent(int length) implements TraceEvent {}

    /**
     * An endpoint chose who it is.
     *
     * @param chain its certificates in DER, own first; empty if it has none to show
     * @param rawKey the public key in DER that it shows alone, in the place of certificates (RFC 7250), or null
     * @param scheme the scheme it will sign with, or null if it shows neither
     * @param acceptedByPeer the schemes the peer accepts
     * @param fulfilled what else the peer wished for, and gets with this one
     * @param unfulfilled what else it wished for, and does not get
     */
    record IdentityChosen(
            List<Bytes> chain,
            @Nullable Bytes rawKey,
            @Nullable SignatureScheme scheme,
            List<SignatureScheme> acceptedByPeer,
            List<IdentityWish> fulfilled,
            List<IdentityWish> unfulfilled)
            implements TraceEvent {
        /** The end {@code teller} shows {@code identity} to whom has asked for {@code wish}. */
        public static IdentityChosen of(
                Role teller, Identity identity, SignatureScheme scheme, IdentitySource.Request wish) {
            if (identity.type().equals(CertificateType.RAW_PUBLIC_KEY)) {
                return new IdentityChosen(
                        List.of(), identity.subjectPublicKeyInfo(), scheme, wish.schemes(), List.of(), List.of());
            }
            List<IdentityWish> expressed = IdentityWish.expressed(teller, wish);
            List<IdentityWish> fulfilled = expressed.stream()
                    .filter(one -> one.isFulfilled(identity, wish))
                    .toList();
            List<IdentityWish> unfulfilled =
                    expressed.stream().filter(one -> !fulfilled.contains(one)).toList();
            return new IdentityChosen(identity.chain(), null, scheme, wish.schemes(), fulfilled, unfulfilled);
        }

        /** It has nothing to show. */
        public static IdentityChosen none(List<SignatureScheme> acceptedByPeer) {
            return new IdentityChosen(List.of(), null, null, acceptedByPeer, List.of(), List.of());
        }
    }

    /**
     * A Certificate message passed in a compressed form. RFC 8879.
     *
     * @param flow which way
     * @param algorithm by which, as IANA names it
     * @param length of the message in bytes, without header
     * @param compressedLength of its compressed form
     */
    record CertificateCompressed(Flow flow, String algorithm, int length, int compressedLength) implements TraceEvent {}

    /** The server asks the client for a certificate. */
    record ClientCertificateRequested(List<SignatureScheme> schemes) implements TraceEvent {}

    /**
     * The peer's chain was checked; before a resumption is offered, that of its session.
     *
     * @param chain as received, in DER
     * @param checks each check that was made
     */
    record PeerChainVerified(List<Bytes> chain, List<CertificateCheck> checks) implements TraceEvent {}

    /**
     * A CertificateVerify was made or verified: the peer that shows the certificate holds its key.
     *
     * @param flow SENT if made here
     * @param scheme the scheme
     * @param signedContent what the signature covers: 64 spaces, a context string, a zero, the transcript hash
     */
    record ProofOfKey(Flow flow, SignatureScheme scheme, Bytes signedContent) implements TraceEvent {}

    /** A Finished was made or verified: both ends saw the same handshake. */
    record FinishedChecked(Flow flow) implements TraceEvent {}

    /** The handshake is done on this side. */
    record HandshakeDone(TlsSession session) implements TraceEvent {}

    /**
     * One direction has new keys by a KeyUpdate.
     *
     * @param flow which direction
     * @param answerRequested whether the sender asked the other side to do the same
     */
    record KeyUpdated(Flow flow, boolean answerRequested) implements TraceEvent {}

    /**
     * Application data passed in one record.
     *
     * @param flow which way
     * @param length in bytes
     * @param protection by whose keys: those for early data make it early data, which may be a copy
     * @param halfRtt whether a server has sent it before the client had answered, so to nobody who is known; the client cannot tell this
     * @param shortened whether this end made the record short, though it had more to send, as {@link dev.akushu.tls.RecordPolicy#growing} says
     */
    record ApplicationData(Flow flow, int length, Protection protection, boolean halfRtt, boolean shortened)
            implements TraceEvent {
        /** As long as it could be, under the application keys, and not half-RTT data. */
        public ApplicationData(Flow flow, int length) {
            this(flow, length, Protection.APPLICATION);
        }

        /** As long as it could be, and not half-RTT data. */
        public ApplicationData(Flow flow, int length, Protection protection) {
            this(flow, length, protection, false, false);
        }
    }

    /**
     * An alert.
     *
     * @param flow which way
     * @param code its code; {@link dev.akushu.tls.AlertDescription#find} gives its name
     * @param fatal whether it ends the connection
     */
    record Alert(Flow flow, int code, boolean fatal) implements TraceEvent {}

    /**
     * The connection failed.
     *
     * @param diagnosis why
     * @param checks how far the checks of the peer's chain came, if one of them failed; otherwise null
     */
    record Failed(Diagnosis diagnosis, @Nullable ChainChecks checks) implements TraceEvent {
        /** By anything but a check of the peer's chain. */
        public Failed(Diagnosis diagnosis) {
            this(diagnosis, null);
        }

        /** What {@code failure} tells. */
        public static Failed by(TlsException failure) {
            ChainChecks checks = failure instanceof TlsException.CertificateRejected rejected
                    ? rejected.checks().orElse(null)
                    : null;
            return new Failed(failure.diagnosis(), checks);
        }
    }
}
