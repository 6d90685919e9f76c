package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import java.security.KeyStore;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the JDK's trust manager found wrong in a chain, told in both languages with the facts. */
class RefusalOfChainTest {
    private static final Instant LONG_AGO = Holder.NOW.minus(Duration.ofDays(9));

    private final Holder root = Holder.root("Root", Holder.keys("EC", 256));
    private final Holder issuing = root.authority("Issuing", Holder.keys("EC", 256));

    RefusalOfChainTest() throws Exception {}

    private Diagnosis refused(KeyManager... ofServer) throws Exception {
        return refused(trust(null), ofServer);
    }

    private static Diagnosis refused(TrustManager[] trust, KeyManager... ofServer) throws Exception {
        SSLEngine engine = Contexts.akushu(null, trust).createSSLEngine("localhost", 443);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        EngineTalk talk = new EngineTalk(
                engine, Contexts.akushu(ofServer, new TrustManager[0]).createSSLEngine());
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasCauseInstanceOf(CertificateException.class);
        return AkushuSession.of(engine.getSession())
                .flatMap(AkushuSession::failure)
                .orElseThrow();
    }

    /** The JDK's own trust managers for the root; with a list of what was revoked they ask it. */
    private TrustManager[] trust(@Nullable X509CRL revoked) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        if (revoked == null) {
            factory.init(store);
        } else {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(revoked))));
            factory.init(new CertPathTrustManagerParameters(parameters));
        }
        return factory.getTrustManagers();
    }

    private static void says(Diagnosis diagnosis, Problem problem, String japanese, String... facts) {
        assertThat(diagnosis.problem()).isEqualTo(problem);
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
            assertThat(diagnosis.cause(language)).contains(facts);
            assertThat(diagnosis.remedy(language)).isNotBlank();
        }
        assertThat(diagnosis.cause(Locale.JAPANESE)).contains(japanese);
        assertThat(diagnosis.cause(Locale.ENGLISH)).isNotEqualTo(diagnosis.cause(Locale.JAPANESE));
    }

    @Test
    void anExpiredCertificateIsNamedWithItsLastDay() throws Exception {
        Holder old = issuing.issue("old", Holder.keys("EC", 256), false, LONG_AGO, LONG_AGO.plusSeconds(60));
        says(
                refused(old.showing(issuing)),
                Problem.CERTIFICATE_EXPIRED,
                "有効期限",
                "CN=old",
                old.certificate().getNotAfter().toInstant().toString());
    }

    @Test
    void anExpiredIssuerIsNamedAndNotTheLeaf() throws Exception {
        Holder old = root.issue("Old", Holder.keys("EC", 256), true, LONG_AGO, LONG_AGO.plusSeconds(60));
        says(refused(old.leaf("leaf").showing(old)), Problem.CERTIFICATE_EXPIRED, "有効期限", "CN=Old");
    }

    @Test
    void aCertificateOfTheFutureIsNamedWithItsFirstDay() throws Exception {
        Instant soon = Holder.NOW.plus(Duration.ofDays(1));
        Holder young = issuing.issue("young", Holder.keys("EC", 256), false, soon, soon.plusSeconds(60));
        says(
                refused(young.showing(issuing)),
                Problem.CERTIFICATE_NOT_YET_VALID,
                "有効になる",
                "CN=young",
                young.certificate().getNotBefore().toInstant().toString());
    }

    @Test
    void aRevokedCertificateIsNamedWithDayAndReason() throws Exception {
        Holder lost = root.leaf("lost");
        Instant when = Instant.ofEpochSecond(LONG_AGO.getEpochSecond());
        says(
                refused(trust(root.revoking(lost, when)), lost.showing()),
                Problem.CERTIFICATE_REVOKED,
                "失効",
                "CN=lost",
                when.toString(),
                "KEY_COMPROMISE");
    }

    @Test
    void whoIssuesWithoutBeingACaIsNamed() throws Exception {
        Holder presumptuous = issuing.leaf("presumptuous");
        says(
                refused(presumptuous.leaf("leaf").showing(presumptuous, issuing)),
                Problem.NOT_A_CA,
                "資格",
                "CN=presumptuous");
    }

    @Test
    void aSelfSignedCertificateIsToldFromAMissingIssuer() throws Exception {
        Holder alone = Holder.root("alone", Holder.keys("EC", 256));
        says(refused(alone.showing()), Problem.SELF_SIGNED, "自己署名", "CN=alone", "1");
    }

    /** The names fit all along the chain, and one of the signatures is not by the key that the name stands for. */
    @Test
    void aSignatureByAnotherKeyInsideTheChainIsNamed() throws Exception {
        Holder impostor = root.authority("Issuing", Holder.keys("EC", 256));
        says(
                refused(impostor.leaf("leaf").showing(issuing)),
                Problem.CERTIFICATE_SIGNATURE_INVALID,
                "署名",
                "CN=leaf",
                "CN=Issuing");
    }

    @Test
    void anExtensionThatNobodyKnowsMakesThePathInvalid() throws Exception {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7");
        Holder strange = issuing.leafWith("strange", unknown, new DERUTF8String("critical"));
        says(refused(strange.showing(issuing)), Problem.CERTIFICATE_PATH_INVALID, "正しくありません", "CN=strange");
    }

    @Test
    void aCertificateForAnotherUseSaysWhichUse() throws Exception {
        Holder forClients = issuing.leafWith(
                "forClients", Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        says(
                refused(forClients.showing(issuing)),
                Problem.CERTIFICATE_USAGE,
                "用途",
                "CN=forClients",
                "serverAuth",
                "1.3.6.1.5.5.7.3.2");
    }

    @Test
    void aKeyThatTheJvmHasDisabledIsNamed() throws Exception {
        Holder weak = root.authority("Weak", Holder.keys("RSA", 768));
        says(refused(weak.leaf("leaf").showing(weak)), Problem.CERTIFICATE_ALGORITHM_REFUSED, "アルゴリズム制約", "RSA");
        // RFC 9846 4.5.1.3: what the JVM has disabled is first of all MD5, and that MUST give this alert.
        assertThat(Problem.CERTIFICATE_ALGORITHM_REFUSED.alert()).isEqualTo(AlertDescription.BAD_CERTIFICATE);
    }

    @Test
    void anotherHostIsNamedWithTheNamesInTheCertificate() throws Exception {
        SSLEngine engine = Contexts.akushu(null, trust(null)).createSSLEngine("other.example", 443);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        EngineTalk talk = new EngineTalk(
                engine,
                Contexts.akushu(issuing.leaf("leaf").showing(issuing), new TrustManager[0])
                        .createSSLEngine());
        assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
        Diagnosis diagnosis = AkushuSession.of(engine.getSession())
                .flatMap(AkushuSession::failure)
                .orElseThrow();
        says(diagnosis, Problem.HOST_NAME_MISMATCH, "other.example", "other.example", "localhost");
    }

    @Test
    void aTrustManagerOfTheProgramIsQuoted() throws Exception {
        X509TrustManager choosy = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
                throw new CertificateException("no client");
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
                throw new CertificateException("not on my list");
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        says(
                refused(new TrustManager[] {choosy}, issuing.leaf("leaf").showing(issuing)),
                Problem.CERTIFICATE_REFUSED,
                "拒否",
                "CN=leaf",
                "not on my list");
    }
}
