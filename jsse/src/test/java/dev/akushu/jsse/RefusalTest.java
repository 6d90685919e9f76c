package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What "unable to find valid certification path" means: which issuer is missing, where it was looked for, what helps. */
class RefusalTest {
    private static Diagnosis refused(SSLContext client, KeyManager[] ofServer) throws Exception {
        SSLEngine engine = client.createSSLEngine("localhost", 443);
        EngineTalk talk = new EngineTalk(
                engine, Contexts.akushu(ofServer, new TrustManager[0]).createSSLEngine());
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasCauseInstanceOf(CertificateException.class);
        return AkushuSession.of(engine.getSession())
                .flatMap(AkushuSession::failure)
                .orElseThrow();
    }

    private static SSLContext client(TrustManager @Nullable [] trust) throws Exception {
        return Contexts.akushu(null, trust);
    }

    @Test
    void theMissingIssuerIsNamedInBothLanguages() throws Exception {
        KeyManager[] incomplete = Contexts.shared().keyManagers(false, Contexts.EC, "localhost");
        Diagnosis diagnosis = refused(client(Contexts.shared().trustManagers()), incomplete);
        assertThat(diagnosis.problem()).isEqualTo(Problem.UNKNOWN_ISSUER);
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
            assertThat(diagnosis.cause(language))
                    .contains("CN=EC leaf", "CN=Shared Issuing", "1", "X509TrustManagerImpl");
            assertThat(diagnosis.remedy(language)).contains("CN=Shared Issuing");
        }
        assertThat(diagnosis.cause(Locale.ENGLISH)).contains("trust anchors");
        assertThat(diagnosis.cause(Locale.JAPANESE)).contains("トラストアンカー").doesNotContain("trust manager");
    }

    @Test
    void theDefaultStoreIsNamedByItsFileWithTheNumberOfItsAnchors() throws Exception {
        Diagnosis diagnosis = refused(client(null), Contexts.shared().keyManagers(Contexts.EC, "localhost"));
        assertThat(diagnosis.problem()).isEqualTo(Problem.UNKNOWN_ISSUER);
        Path store = Path.of((String) diagnosis.fact("store"));
        assertThat(Files.exists(store)).isTrue();
        KeyStore anchors = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        assertThat(diagnosis.fact("anchors")).isEqualTo(anchors.size());
        assertThat(diagnosis.fact("issuer")).isEqualTo("CN=Shared Root");
        assertThat(diagnosis.fact("received")).asString().contains("CN=EC leaf", "CN=Shared Issuing");
    }

    /** The JDK says "unable to find valid certification path" here too, but no certificate is missing. */
    @Test
    void aCaWithTheSameNameAndAnotherKeyIsToldFromAMissingOne() throws Exception {
        Pki impostor = new Pki("Shared");
        Diagnosis diagnosis =
                refused(client(impostor.trustManagers()), Contexts.shared().keyManagers(Contexts.EC, "localhost"));
        assertThat(diagnosis.problem()).isEqualTo(Problem.CERTIFICATE_SIGNATURE_INVALID);
        assertThat(diagnosis.cause(Locale.ENGLISH)).contains("CN=Shared Issuing", "CN=Shared Root");
    }

    @Test
    void withoutATrustManagerNobodyIsTrusted() throws Exception {
        Diagnosis diagnosis =
                refused(client(new TrustManager[0]), Contexts.shared().keyManagers(Contexts.EC, "localhost"));
        assertThat(diagnosis.problem()).isEqualTo(Problem.CERTIFICATE_REFUSED);
        assertThat(diagnosis.cause(Locale.ENGLISH)).contains("without a trust manager");
    }
}
