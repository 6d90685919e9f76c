package dev.akushu.interop.peer;

import dev.akushu.tls.Bytes;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Counts the certificates that were checked or chosen. JSSE has no way to ask whether a session was resumed, but a resumption does
 * neither. Keeps what came stapled to a server's certificate, which JSSE tells while that is checked.
 */
final class Witness {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<@Nullable Bytes> stapled = new AtomicReference<>();

    /** Whether nothing was called since the last question. */
    boolean sawNothing() {
        return calls.getAndSet(0) == 0;
    }

    /** The OCSP response that has come since the last question, or null. */
    @Nullable Bytes stapled() {
        return stapled.getAndSet(null);
    }

    X509ExtendedTrustManager watch(X509ExtendedTrustManager manager) {
        return new WatchedTrust(manager);
    }

    X509ExtendedKeyManager keyManager(@Nullable Identity identity) {
        return new OneKey(identity);
    }

    private final class WatchedTrust extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager manager;

        WatchedTrust(X509ExtendedTrustManager manager) {
            this.manager = manager;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            calls.incrementAndGet();
            manager.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            calls.incrementAndGet();
            manager.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            calls.incrementAndGet();
            manager.checkClientTrusted(chain, asTheJdkSays(type), engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            calls.incrementAndGet();
            ((ExtendedSSLSession) engine.getHandshakeSession())
                    .getStatusResponses().stream().findFirst().map(Bytes::wrap).ifPresent(stapled::set);
            manager.checkServerTrusted(chain, asTheJdkSays(type), engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            calls.incrementAndGet();
            manager.checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            calls.incrementAndGet();
            manager.checkServerTrusted(chain, type);
        }

        /** TLS 1.3 has no type of authentication; Conscrypt says GENERIC where the JDK says UNKNOWN. */
        private static String asTheJdkSays(String type) {
            return type.equals("GENERIC") ? "UNKNOWN" : type;
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return manager.getAcceptedIssuers();
        }
    }

    /** Offers its identity for the key types that fit, whoever asks. */
    private final class OneKey extends X509ExtendedKeyManager {
        private final @Nullable Identity identity;

        OneKey(@Nullable Identity identity) {
            this.identity = identity;
        }

        private @Nullable String choose(String... keyTypes) {
            if (identity == null) {
                return null;
            }
            for (String type : keyTypes) {
                if (fits(identity.kind(), type)) {
                    calls.incrementAndGet();
                    return identity.name();
                }
            }
            return null;
        }

        private static boolean fits(KeyKind kind, String type) {
            return switch (kind) {
                case EC_P256, EC_P384, EC_P521 -> type.startsWith("EC");
                case RSA -> type.equals("RSA");
                case RSA_PSS -> type.equals("RSASSA-PSS");
                case ED25519 -> type.equals("EdDSA") || type.equals("Ed25519");
                case ED448 -> type.equals("EdDSA") || type.equals("Ed448");
            };
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            String alias = choose(keyType);
            return alias == null ? null : new String[] {alias};
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return getServerAliases(keyType, issuers);
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return choose(keyTypes);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return choose(keyType);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return choose(keyTypes);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return choose(keyType);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return identity == null ? null : identity.key();
        }
    }
}
