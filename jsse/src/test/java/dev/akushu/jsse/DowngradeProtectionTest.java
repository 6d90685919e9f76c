package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9846 4.2.3: older clients of a server that has TLS 1.3 are told so. */
class DowngradeProtectionTest {
    /** What a JVM has disabled is read once, so this is another one. */
    static final class AnotherJvm {
        private AnotherJvm() {}

        public static void main(String[] arguments) throws Exception {
            SSLContext older = SSLContext.getInstance("TLS", "SunJSSE");
            older.init(null, null, null);
            try {
                AkushuContext.builder().olderClients(older);
                System.out.println("taken");
            } catch (IllegalArgumentException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @TempDir
    private Path folder;

    @Test
    void aProviderWhoseTls13IsDisabledIsRefused() throws Exception {
        assertThat(withDisabled("SSLv3, TLSv1, TLSv1.1, TLSv1.3"))
                .contains("4.2.3", "SunJSSE", "jdk.tls.disabledAlgorithms");
    }

    @Test
    void aProviderWithoutAnySuiteOfTls13IsRefused() throws Exception {
        assertThat(withDisabled("SSLv3, TLS_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256, TLS_CHACHA20_POLY1305_SHA256"))
                .contains("4.2.3", "SunJSSE", "jdk.tls.disabledAlgorithms");
    }

    @Test
    void aProviderWithTls13IsTaken() throws Exception {
        assertThat(withDisabled("SSLv3, TLSv1, TLSv1.1")).isEqualTo("taken");
    }

    /** The program's one suite of TLS 1.3 may be one that the other provider lacks or has disabled. */
    @Test
    void theOtherProviderHasAllItsSuitesOfTls13WhateverTheProgramEnables() throws Exception {
        SSLEngine server = Contexts.handingOver().createSSLEngine();
        server.setUseClientMode(false);
        server.setEnabledCipherSuites(
                new String[] {"TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
        SSLEngine client = Contexts.sunWithTls12Only().createSSLEngine("localhost", 443);
        EngineTalk talk = new EngineTalk(client, server);
        talk.client().wrap(talk.server(), ByteBuffer.allocate(0));
        server.unwrap(talk.server().incoming(), ByteBuffer.allocate(0));
        for (Runnable task = server.getDelegatedTask(); task != null; task = server.getDelegatedTask()) {
            task.run();
        }
        assertThat(server.getEnabledCipherSuites())
                .contains("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
        ByteBuffer flight = ByteBuffer.allocate(20_000);
        server.wrap(ByteBuffer.allocate(0), flight);
        // Record header 5, handshake header 4, version 2, random 32.
        assertThat(HexFormat.of().formatHex(flight.array(), 11 + 24, 11 + 32)).isEqualTo("444f574e47524401");
    }

    /** What the program sets can take TLS 1.3 away from the other provider, and with it the mark. */
    @Test
    void aClientIsNotHandedOverWhereWhatIsSetTakesTheMarkAway() throws Exception {
        SSLEngine server = Contexts.handingOver().createSSLEngine();
        SSLParameters parameters = server.getSSLParameters();
        parameters.setAlgorithmConstraints(new OnlyOwnOf13());
        server.setSSLParameters(parameters);
        EngineTalk talk = new EngineTalk(Contexts.sunWithTls12Only().createSSLEngine("localhost", 443), server);
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("4.2.3", "algorithm constraints", "SunJSSE");
        assertAlert(server);
    }

    @Test
    void whatIsSetAndLeavesTls13ChangesNothing() throws Exception {
        SSLContext context = Contexts.handingOver();
        for (int i = 0; i < 2; i++) {
            SSLEngine server = context.createSSLEngine();
            SSLParameters parameters = server.getSSLParameters();
            parameters.setNamedGroups(new String[] {"secp256r1"});
            server.setSSLParameters(parameters);
            new EngineTalk(Contexts.sunWithTls12Only().createSSLEngine("localhost", 443), server).handshake();
            assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
    }

    /** It asks key managers, and may make a signature, so it is not for the thread that passes bytes. */
    @Test
    void whetherAClientIsProtectedIsFoundOutByATask() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        SSLEngine server = handingOverTo(asked::incrementAndGet);
        EngineTalk talk = helloToBeHandedOver(server);
        asked.set(0);
        SSLEngineResult result = server.unwrap(talk.server().incoming(), ByteBuffer.allocate(0));
        assertThat(result.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_TASK);
        assertThat(asked).hasValue(0);
        Runnable task = Objects.requireNonNull(server.getDelegatedTask());
        assertThat(server.getDelegatedTask()).isNull();
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_TASK);
        assertThat(server.isInboundDone() || server.isOutboundDone()).isFalse();
        ByteBuffer answer = ByteBuffer.allocate(20_000);
        assertThat(server.wrap(ByteBuffer.allocate(0), answer).getHandshakeStatus())
                .isEqualTo(HandshakeStatus.NEED_TASK);
        assertThat(server.unwrap(ByteBuffer.allocate(9), answer).getHandshakeStatus())
                .isEqualTo(HandshakeStatus.NEED_TASK);
        assertThat(answer.position()).isZero();
        task.run();
        assertThat(asked).hasPositiveValue();
        talk.handshake();
        assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }

    @Test
    void whoClosesBeforeTheTaskHasEndedHandsNobodyOver() throws Exception {
        SSLEngine server = handingOverTo(() -> {});
        EngineTalk talk = helloToBeHandedOver(server);
        server.unwrap(talk.server().incoming(), ByteBuffer.allocate(0));
        Runnable task = Objects.requireNonNull(server.getDelegatedTask());
        server.closeOutbound();
        task.run();
        assertThat(server.getDelegatedTask()).isNull();
        assertThatThrownBy(() -> server.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(20_000)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("TLS 1.3 only");
        assertAlert(server);
        assertThat(server.isOutboundDone()).isTrue();
    }

    /** An engine that hands older clients over to a context which calls {@code asked} before it chooses a key. */
    private static SSLEngine handingOverTo(Runnable asked) throws Exception {
        KeyManager[] keys = {
            new Keys((X509KeyManager) Contexts.shared().keyManagers(Contexts.EC, "localhost")[0], asked)
        };
        SSLEngine server = AkushuContext.builder()
                .managers(
                        Contexts.shared().keyManagers(Contexts.EC, "localhost"),
                        Contexts.shared().trustManagers())
                .olderClients(Contexts.sun("TLS", keys, Contexts.shared().trustManagers()))
                .build()
                .createSSLEngine();
        server.setUseClientMode(false);
        return server;
    }

    private static EngineTalk helloToBeHandedOver(SSLEngine server) throws Exception {
        SSLParameters parameters = server.getSSLParameters();
        parameters.setNamedGroups(new String[] {"secp256r1"});
        server.setSSLParameters(parameters);
        EngineTalk talk = new EngineTalk(Contexts.sunWithTls12Only().createSSLEngine("localhost", 443), server);
        talk.client().wrap(talk.server(), ByteBuffer.allocate(0));
        return talk;
    }

    /** The alert protocol_version, in clear. */
    private static void assertAlert(SSLEngine server) throws Exception {
        ByteBuffer alert = ByteBuffer.allocate(20_000);
        server.wrap(ByteBuffer.allocate(0), alert);
        assertThat(HexFormat.of().formatHex(alert.array(), 0, alert.position())).isEqualTo("15030300020246");
    }

    /** Permits what Akushu needs and forbids TLSv1.3 by its name, which the JDK's provider asks about. */
    private static final class OnlyOwnOf13 implements AlgorithmConstraints {
        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String name, @Nullable AlgorithmParameters parameters) {
            return !name.equals("TLSv1.3");
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return true;
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String name, Key key, @Nullable AlgorithmParameters parameters) {
            return permits(primitives, name, parameters);
        }
    }

    private static final class Keys extends X509ExtendedKeyManager {
        private final X509KeyManager keys;
        private final Runnable asked;

        Keys(X509KeyManager keys, Runnable asked) {
            this.keys = keys;
            this.asked = asked;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return chooseServerAlias(keyType, issuers, null);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            asked.run();
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return keys.getServerAliases(keyType, issuers);
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keys.chooseClientAlias(keyTypes, issuers, socket);
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return keys.getClientAliases(keyType, issuers);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    private String withDisabled(String algorithms) throws Exception {
        return AnotherJvmWith.disabled(algorithms, folder, AnotherJvm.class);
    }
}
