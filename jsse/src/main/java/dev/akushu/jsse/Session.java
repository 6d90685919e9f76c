package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Exporter;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.TlsSession;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The session of one connection: while the handshake runs it tells what is known so far, and afterwards how it ended. One
 * object for both, so what a key manager or an ALPN selector puts in is still there afterwards. Safe for use by many
 * threads.
 */
final class Session extends ExtendedSSLSession implements AkushuSession {
    private final Sessions sessions;
    private final @Nullable String host;
    private final int port;
    private final List<SignatureScheme> localSchemes;
    private final boolean keysLogged;
    private final Instant began;

    private volatile SessionRoot root;
    private volatile @Nullable TlsHandshake known;
    private volatile @Nullable TlsSession established;
    private volatile @Nullable Exporter exporter;
    private volatile X509Certificate @Nullable [] peerCertificates;
    private volatile X509Certificate @Nullable [] localCertificates;
    private volatile long lastAccessedMillis;
    private volatile @Nullable Diagnosis failure;

    /**
     * A session of which nothing is known yet.
     *
     * @param localSchemes that this end accepts inside certificates
     * @param keysLogged whether there is a key log
     */
    Session(
            Sessions sessions,
            SessionRoot root,
            @Nullable String host,
            int port,
            List<SignatureScheme> localSchemes,
            boolean keysLogged) {
        this.sessions = sessions;
        this.root = root;
        this.host = host;
        this.port = port;
        this.localSchemes = localSchemes;
        this.keysLogged = keysLogged;
        this.began = root.createdAt();
        this.lastAccessedMillis = began.toEpochMilli();
    }

    /** More is known of the handshake. */
    void learn(TlsHandshake more) {
        known = more;
    }

    /**
     * The handshake is done.
     *
     * @param resumed the session that this one resumes, if it is known here
     */
    void complete(TlsHandshake last, TlsSession done, Exporter exporting, @Nullable SessionRoot resumed) {
        known = last;
        established = done;
        exporter = exporting;
        boolean ended = root.isInvalid();
        if (resumed != null) {
            resumed.putAll(root.values());
            root = resumed;
        } else {
            root.localCertificates(localCertificates());
            root.ocspResponse(last.ocspResponse());
        }
        root.latest(this);
        if (ended) {
            // By who took part in the handshake, before it was known which session this one resumes.
            sessions.invalidate(root);
            return;
        }
        sessions.add(root, began);
    }

    /** The connection has failed. */
    void failed(Diagnosis why) {
        failure = why;
    }

    /** What this session shares with those that are resumed from it. */
    SessionRoot root() {
        return root;
    }

    @Override
    public Optional<TlsSession> facts() {
        return Optional.ofNullable(established);
    }

    @Override
    public Optional<Diagnosis> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean keysLogged() {
        return keysLogged;
    }

    @Override
    public byte[] getId() {
        return known == null ? new byte[0] : root.id().toArray();
    }

    @Override
    public @Nullable SSLSessionContext getSessionContext() {
        return known == null ? null : sessions;
    }

    /** When the session began that this one resumes, or this one. */
    @Override
    public long getCreationTime() {
        TlsSession done = established;
        Instant created = root.createdAt();
        if (done != null && done.resumed() && created.equals(began)) {
            // The session that this one resumes is not known here.
            created = done.authenticatedAt();
        }
        return created.toEpochMilli();
    }

    @Override
    public long getLastAccessedTime() {
        return lastAccessedMillis;
    }

    /** Nothing is resumed from this session any more: a client drops its tickets, a server refuses those that clients have. */
    @Override
    public void invalidate() {
        sessions.invalidate(root);
    }

    @Override
    public boolean isValid() {
        return established != null && !root.isInvalid() && sessions.isCurrent(root, Instant.now());
    }

    @Override
    public void putValue(String name, Object value) {
        Object old = root.put(requireName(name), Objects.requireNonNull(value, "value"));
        if (value instanceof SSLSessionBindingListener listener) {
            listener.valueBound(new SSLSessionBindingEvent(this, name));
        }
        unbind(name, old);
    }

    @Override
    public @Nullable Object getValue(String name) {
        if (AkushuSession.class.getName().equals(name)) {
            return this;
        }
        return root.value(requireName(name));
    }

    @Override
    public void removeValue(String name) {
        unbind(name, root.remove(requireName(name)));
    }

    @Override
    public String[] getValueNames() {
        return root.valueNames();
    }

    @Override
    public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
        X509Certificate[] chain = peerCertificates();
        if (chain.length == 0) {
            throw new SSLPeerUnverifiedException("peer not authenticated");
        }
        return chain.clone();
    }

    @Override
    public Certificate @Nullable [] getLocalCertificates() {
        X509Certificate[] chain = localCertificates();
        return chain == null ? null : chain.clone();
    }

    @Override
    public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
        return ((X509Certificate) getPeerCertificates()[0]).getSubjectX500Principal();
    }

    @Override
    public @Nullable Principal getLocalPrincipal() {
        X509Certificate[] chain = localCertificates();
        return chain == null ? null : chain[0].getSubjectX500Principal();
    }

    @Override
    public String getCipherSuite() {
        TlsHandshake handshake = known;
        return handshake == null ? "SSL_NULL_WITH_NULL_NULL" : handshake.suite().toString();
    }

    @Override
    public String getProtocol() {
        return known == null ? "NONE" : Settings.TLS_1_3;
    }

    @Override
    public @Nullable String getPeerHost() {
        return host;
    }

    @Override
    public int getPeerPort() {
        return port;
    }

    /** Of the largest packet that may come: what this end sends may be limited, and the peer does not know it. */
    @Override
    public int getPacketBufferSize() {
        return AkushuEngine.PACKET_SIZE;
    }

    @Override
    public int getApplicationBufferSize() {
        return TlsEngine.APPLICATION_BUFFER_SIZE;
    }

    @Override
    public String[] getLocalSupportedSignatureAlgorithms() {
        return Schemes.algorithms(localSchemes);
    }

    @Override
    public String[] getPeerSupportedSignatureAlgorithms() {
        TlsHandshake handshake = known;
        return handshake == null ? new String[0] : Schemes.algorithms(handshake.peerCertificateSchemes());
    }

    @Override
    public List<SNIServerName> getRequestedServerNames() {
        TlsHandshake handshake = known;
        return handshake == null ? List.of() : ServerNames.asked(handshake.serverName());
    }

    /** For the peer's own certificate alone: TLS 1.3 has a place for others, but nobody fills it. In a resumption those of the full handshake. */
    @Override
    public List<byte[]> getStatusResponses() {
        TlsHandshake handshake = known;
        Bytes own = handshake == null ? null : handshake.ocspResponse();
        Bytes response = own == null ? root.ocspResponse() : own;
        return response == null ? List.of() : List.of(response.toArray());
    }

    @Override
    public SecretKey exportKeyingMaterialKey(String keyAlg, String label, byte @Nullable [] context, int length)
            throws SSLKeyException {
        byte[] material = exportKeyingMaterialData(label, context, length);
        try {
            return new SecretKeySpec(material, keyAlg);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    @Override
    public byte[] exportKeyingMaterialData(String label, byte @Nullable [] context, int length) throws SSLKeyException {
        if (label.isEmpty() || length < 1) {
            throw new IllegalArgumentException("an exporter needs a label and a length of at least 1");
        }
        Exporter exporting = exporter;
        if (exporting == null) {
            throw new SSLKeyException("keying material can be exported when the handshake is done");
        }
        try {
            // RFC 9846 7.5: no context and an empty one give the same.
            return exporting.export(label, context == null ? new byte[0] : context, length);
        } catch (TlsException over) {
            SSLKeyException unable = new SSLKeyException(over.getMessage());
            unable.initCause(over);
            throw unable;
        }
    }

    /** Sessions are the same if one is resumed from the other. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Session that && root.id().equals(that.root.id());
    }

    @Override
    public int hashCode() {
        return root.id().hashCode();
    }

    /** Protocol and suite; the id would tell nothing. */
    @Override
    public String toString() {
        return "Session(" + getProtocol() + "|" + getCipherSuite() + (resumed() ? "|resumed)" : ")");
    }

    private X509Certificate[] peerCertificates() throws SSLPeerUnverifiedException {
        X509Certificate[] chain = peerCertificates;
        if (chain == null) {
            TlsHandshake handshake = known;
            TlsSession done = established;
            List<Bytes> shown = done != null
                    ? done.peerCertificates()
                    : handshake == null ? List.of() : handshake.peerCertificates();
            chain = read(shown);
            if (done != null) {
                peerCertificates = chain;
            }
        }
        return chain;
    }

    private X509Certificate @Nullable [] localCertificates() {
        X509Certificate[] chain = localCertificates;
        TlsHandshake handshake = known;
        if (chain == null && handshake != null && !handshake.localCertificates().isEmpty()) {
            try {
                chain = Certificates.of(handshake.localCertificates());
            } catch (TlsException impossible) {
                throw new IllegalStateException("the own certificate cannot be read", impossible);
            }
            localCertificates = chain;
        }
        return chain != null ? chain : resumed() ? root.localCertificates() : null;
    }

    private static X509Certificate[] read(List<Bytes> chain) throws SSLPeerUnverifiedException {
        try {
            return Certificates.of(chain);
        } catch (TlsException unreadable) {
            SSLPeerUnverifiedException unverified = new SSLPeerUnverifiedException(unreadable.getMessage());
            unverified.initCause(unreadable);
            throw unverified;
        }
    }

    private void unbind(String name, @Nullable Object value) {
        if (value instanceof SSLSessionBindingListener listener) {
            listener.valueUnbound(new SSLSessionBindingEvent(this, name));
        }
    }

    private static String requireName(String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a value needs a name");
        }
        return name;
    }
}
