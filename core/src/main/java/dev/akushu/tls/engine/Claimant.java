package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.identity.PkixTrust;
import dev.akushu.tls.identity.RememberedCertificates;
import dev.akushu.tls.identity.RememberedCertificates.Parsed;
import dev.akushu.tls.wire.CertificateEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a peer shows of itself, and who judges it: certificates, or a public key alone (RFC 7250). That it holds the key is still to be proved. */
public sealed interface Claimant {
    /** Which end it is. */
    Role role();

    /** The key to be proved. */
    PeerKey key() throws TlsException;

    /** Who it says it is, for people. */
    String subject() throws TlsException;

    /** Throws if the key may not be used for this, whatever a trust says. */
    void requireMayAuthenticate() throws TlsException;

    /** The verdict of who judges it. */
    List<CertificateCheck> judge() throws TlsException;

    /** The certificates in DER, its own first; empty if it shows a key alone. */
    List<Bytes> chain();

    /** The key alone in DER, or null. */
    @Nullable Bytes rawKey();

    /** What came beside it about its revocation, or null. */
    @Nullable Bytes ocspResponse();

    /** The timestamps of certificate logs that came beside it. */
    List<Bytes> timestamps();

    /** When its certificate expires, or null if it has none. */
    @Nullable Instant expiry() throws TlsException;

    /** It holds the key and is accepted: if it comes again, what is known of it need not be found out anew. */
    void proved() throws TlsException;

    /** By certificates, of which its own is parsed once. Not for use by two threads at once. */
    final class Certified implements Claimant {
        /** One for the JVM, since all is in it that its user shows to everybody. */
        private static final RememberedCertificates REMEMBERED = new RememberedCertificates();

        private final Trust trust;
        private final Trust.PeerChain peer;
        private @Nullable Parsed own;

        /** Of {@code peer}, judged by {@code trust}. */
        public Certified(Trust trust, Trust.PeerChain peer) {
            this.trust = trust;
            this.peer = peer;
            this.own = REMEMBERED.find(peer.certificates());
        }

        @Override
        public Role role() {
            return peer.peer();
        }

        @Override
        public PeerKey key() throws TlsException {
            return own().key();
        }

        @Override
        public String subject() throws TlsException {
            return own().certificate().subjectText();
        }

        @Override
        public void requireMayAuthenticate() throws TlsException {
            CertificateReader certificate = own().certificate();
            // RFC 9846 4.5.1.2: a key whose usage leaves out signatures proves nothing here, whatever a trust says.
            if (!certificate.mayAuthenticate()) {
                throw Problem.CERTIFICATE_USAGE.with(
                        certificate.subjectText(), "digitalSignature", certificate.keyUsageNames());
            }
        }

        @Override
        public List<CertificateCheck> judge() throws TlsException {
            return trust instanceof PkixTrust ours ? ours.verify(peer, own().certificate()) : trust.verify(peer);
        }

        /** The very list that other connections have, if this peer is known. */
        @Override
        public List<Bytes> chain() {
            return own == null ? peer.certificates() : own.chain();
        }

        @Override
        public @Nullable Bytes rawKey() {
            return null;
        }

        @Override
        public @Nullable Bytes ocspResponse() {
            return peer.ocspResponse();
        }

        @Override
        public List<Bytes> timestamps() {
            return peer.timestamps();
        }

        @Override
        public Instant expiry() throws TlsException {
            return own().certificate().notAfter();
        }

        @Override
        public void proved() throws TlsException {
            REMEMBERED.keep(own());
        }

        private Parsed own() throws TlsException {
            Parsed parsed = own;
            if (parsed == null) {
                parsed = Parsed.of(peer.certificates());
                own = parsed;
            }
            return parsed;
        }
    }

    /**
     * By a public key alone.
     *
     * @param trust decides
     * @param peer what it shows
     */
    record Raw(RawKeyTrust trust, RawKeyTrust.RawKey peer) implements Claimant {
        /**
         * The key in a Certificate message of the type RawPublicKey.
         *
         * @param hostName whom the client wants to talk to, or null
         */
        public static Raw of(RawKeyTrust trust, Role role, List<CertificateEntry> entries, @Nullable String hostName)
                throws TlsException {
            // RFC 9846 4.5.1: the list MUST contain no more than one entry.
            if (entries.size() != 1) {
                throw Problem.ILLEGAL_VALUE.with(
                        "certificate_list", entries.size() + " entries", "must be one raw public key");
            }
            return new Raw(
                    trust, new RawKeyTrust.RawKey(role, entries.getFirst().data(), hostName));
        }

        @Override
        public Role role() {
            return peer.peer();
        }

        @Override
        public PeerKey key() throws TlsException {
            return PeerKey.ofSubjectPublicKeyInfo(peer.subjectPublicKeyInfo());
        }

        @Override
        public String subject() throws TlsException {
            return key().description();
        }

        @Override
        public void requireMayAuthenticate() {
            // Nobody has said what such a key is for.
        }

        @Override
        public List<CertificateCheck> judge() throws TlsException {
            return List.of(trust.verify(peer));
        }

        @Override
        public List<Bytes> chain() {
            return List.of();
        }

        @Override
        public Bytes rawKey() {
            return peer.subjectPublicKeyInfo();
        }

        @Override
        public @Nullable Bytes ocspResponse() {
            return null;
        }

        @Override
        public List<Bytes> timestamps() {
            return List.of();
        }

        @Override
        public @Nullable Instant expiry() {
            return null;
        }

        @Override
        public void proved() {
            // A key alone is read in no time.
        }
    }
}
