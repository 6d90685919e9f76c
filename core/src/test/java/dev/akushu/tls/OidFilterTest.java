package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.identity.CertificateFilters;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server wants to see in a client's certificate. RFC 9846 section 4.3.5. */
class OidFilterTest {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String EMAIL = "1.3.6.1.5.5.7.3.4";

    private static final TestPki PKI = TestPki.create();
    private static final Identity SERVER = PKI.leaf(TestKey.P256, "localhost").identity();
    private static final Identity PLAIN = issued(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth);
    private static final Identity MAILING =
            issued(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_emailProtection);
    private static final Identity AGREEING =
            issued(KeyUsage.digitalSignature | KeyUsage.keyAgreement, KeyPurposeId.id_kp_clientAuth);

    @Test
    void filtersAreWrittenInDer() {
        assertThat(OidFilter.keyUsage("digitalSignature").certificateExtensionValues())
                .isEqualTo(Bytes.fromHex("03020780"));
        assertThat(OidFilter.keyUsage("digitalSignature", "decipherOnly").certificateExtensionValues())
                .isEqualTo(Bytes.fromHex("0303078080"));
        assertThat(OidFilter.keyUsage("decipherOnly", "keyAgreement", "cRLSign").certificateExtensionValues())
                .isEqualTo(Bytes.fromHex("0303070a80"));
        assertThat(OidFilter.extendedKeyUsage(CLIENT_AUTH).certificateExtensionValues())
                .isEqualTo(Bytes.fromHex("300a06082b06010505070302"));
        assertThat(OidFilter.extendedKeyUsage("2.999.128").certificateExtensionValues())
                .isEqualTo(Bytes.fromHex("3006060488378100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "3.1", "1.40", "1.2.x", "1..2", "1.2.3."})
    void whatIsNoObjectIdentifierIsRefused(String text) {
        assertThatThrownBy(() -> OidFilter.extendedKeyUsage(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void nobodyAsksForAnyPurposeOrForWhatThereIsNoRuleFor() {
        OidFilter unknown = new OidFilter(Bytes.fromHex("06032a0304"), Bytes.empty());
        TlsServer.Builder server = TlsServer.builder(SERVER);

        assertThatThrownBy(() -> OidFilter.extendedKeyUsage("2.5.29.37.0"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OidFilter.keyUsage("signing")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.clientCertificateFilters(unknown)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.clientCertificateFilters(
                        OidFilter.keyUsage("digitalSignature"), OidFilter.keyUsage("keyAgreement")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestThatCannotBeReadOrWantsAnyPurposeIsRefused() {
        Bytes purposes = OidFilter.extendedKeyUsage(EMAIL).certificateExtensionOid();
        for (String value : List.of("30060604551d2500", "3000", "0101ff")) {
            assertThatThrownBy(() -> CertificateFilters.of(List.of(new OidFilter(purposes, Bytes.fromHex(value)))))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            refused -> assertThat(refused.problem()).isEqualTo(Problem.ILLEGAL_VALUE));
        }
    }

    @Test
    void aClientShowsTheCertificateThatMatches() throws TlsException {
        assertThat(shown(OidFilter.extendedKeyUsage(EMAIL))).isEqualTo(MAILING.chain());
        assertThat(shown(OidFilter.extendedKeyUsage(EMAIL, CLIENT_AUTH))).isEqualTo(MAILING.chain());
        assertThat(shown(OidFilter.keyUsage("keyAgreement"))).isEqualTo(AGREEING.chain());
        assertThat(shown(OidFilter.keyUsage("digitalSignature"))).isEqualTo(PLAIN.chain());
        assertThat(shown()).isEqualTo(PLAIN.chain());
    }

    @Test
    void aClientShowsNothingIfNoneMatches() throws TlsException {
        assertThat(shown(OidFilter.keyUsage("keyAgreement"), OidFilter.extendedKeyUsage(EMAIL)))
                .isEmpty();
        assertThat(shown(OidFilter.extendedKeyUsage("1.2.3.4"))).isEmpty();
    }

    @Test
    void aTicketFromBeforeTheFiltersIsNotResumed() throws TlsException {
        TlsServer before = TlsServer.builder(SERVER)
                .clientAuthentication(ClientAuthentication.WANTED, PKI.trust())
                .ticketKeys(TicketKeys.rotating())
                .build();
        TlsServer after = before.toBuilder()
                .clientCertificateFilters(OidFilter.extendedKeyUsage(EMAIL))
                .build();
        TlsClient client = TlsClient.builder(PKI.trust()).identity(PLAIN).build();
        EnginePair.connected(client, before);

        TlsSession session = EnginePair.connected(client, after).server().session();

        assertThat(session.resumed()).isFalse();
        assertThat(session.peerCertificates()).isEmpty();
    }

    private static List<Bytes> shown(OidFilter... filters) throws TlsException {
        TlsServer server = TlsServer.builder(SERVER)
                .clientAuthentication(ClientAuthentication.WANTED, PKI.trust())
                .clientCertificateFilters(filters)
                .build();
        TlsClient client = TlsClient.builder(PKI.trust())
                .identities(IdentitySource.among(List.of(PLAIN, MAILING, AGREEING)))
                .build();
        return EnginePair.connected(client, server).server().session().peerCertificates();
    }

    private static Identity issued(int usages, KeyPurposeId... purposes) {
        return PKI.issue(CertificateRecipe.host(TestKey.P256, "client")
                        .keyUsage(usages)
                        .purposes(purposes))
                .identity();
    }
}
