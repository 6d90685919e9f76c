package dev.akushu.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.trace.TraceEvent;
import java.io.InputStream;
import java.net.URL;
import java.security.KeyManagementException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider is found, and does no harm in the first place. */
class ProviderTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLS", "TLSv1.3", "SSL", "Default"})
    void givesContextsByTheNamesThatProgramsAskFor(String name) throws Exception {
        SSLContext context = SSLContext.getInstance(name, new AkushuProvider());
        if (!name.equals("Default")) {
            context.init(null, null, null);
        }
        assertThat(context.getSupportedSSLParameters().getProtocols()).containsExactly("TLSv1.3");
        assertThat(context.getDefaultSSLParameters().getCipherSuites()).contains("TLS_AES_128_GCM_SHA256");
        assertThat(context.createSSLEngine("", 0)).isNotNull();
    }

    @Test
    void theDefaultContextIsInitializedAlready() throws Exception {
        SSLContext context = SSLContext.getInstance("Default", new AkushuProvider());
        assertThatThrownBy(() -> context.init(null, null, null)).isInstanceOf(KeyManagementException.class);
    }

    @Test
    void aContextThatIsNotInitializedSaysSo() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", new AkushuProvider());
        assertThatThrownBy(context::createSSLEngine).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isNamedToTheServiceLoaderOnTheClassPathAndAsAModule() throws Exception {
        List<String> named = new ArrayList<>();
        for (URL file : Collections.list(
                AkushuProvider.class.getClassLoader().getResources("META-INF/services/java.security.Provider"))) {
            try (InputStream in = file.openStream()) {
                named.addAll(new String(in.readAllBytes(), US_ASCII).lines().toList());
            }
        }
        assertThat(named).contains(AkushuProvider.class.getName());
        Module module = AkushuProvider.class.getModule();
        if (module.isNamed()) {
            assertThat(module.getDescriptor().provides())
                    .anySatisfy(provided -> assertThat(provided.providers()).contains(AkushuProvider.class.getName()));
        }
    }

    @Test
    void inTheFirstPlaceItServesTlsAndLeavesManagersToTheJdk() throws Exception {
        Security.insertProviderAt(new AkushuProvider(), 1);
        try {
            assertThat(SSLContext.getInstance("TLS").getProvider().getName()).isEqualTo("Akushu");
            assertThat(SSLContext.getInstance("TLSv1.2").getProvider().getName())
                    .isEqualTo("SunJSSE");
            assertThat(KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
                            .getProvider()
                            .getName())
                    .isEqualTo("SunJSSE");
            assertThat(TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
                            .getProvider()
                            .getName())
                    .isEqualTo("SunJSSE");
        } finally {
            Security.removeProvider("Akushu");
        }
    }

    @Test
    void aContextOfTheCoresOwnConfigurationsObservesAndTrustsAsTheySay() throws Exception {
        List<TlsSession> done = new ArrayList<>();
        TlsClient client = TlsClient.builder(
                        Trust.anchors(List.of(Contexts.shared().root()), "the test's root"))
                .observer(event -> {
                    if (event instanceof TraceEvent.HandshakeDone handshake) {
                        done.add(handshake.session());
                    }
                })
                .build();
        SSLContext context = AkushuContext.of(client);
        SSLContext server = Contexts.akushu();
        for (int i = 0; i < 2; i++) {
            new EngineTalk(context.createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
        }
        assertThat(done).extracting(TlsSession::resumed).containsExactly(false, true);
    }
}
