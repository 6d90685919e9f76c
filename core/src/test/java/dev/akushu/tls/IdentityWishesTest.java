package dev.akushu.tls;

import static dev.akushu.tls.trace.IdentityWish.AUTHORITIES;
import static dev.akushu.tls.trace.IdentityWish.CERTIFICATE_SCHEMES;
import static dev.akushu.tls.trace.IdentityWish.FILTERS;
import static dev.akushu.tls.trace.IdentityWish.SERVER_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent.IdentityChosen;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** Whoever watches is told which wishes of the other end a certificate fulfills. */
class IdentityWishesTest {
    private static final TestPki PKI = TestPki.create();

    private final List<IdentityChosen> chosen = new ArrayList<>();
    private final Observer observer = event -> {
        if (event instanceof IdentityChosen one) {
            chosen.add(one);
        }
    };

    @Test
    void aServerTellsWhetherItsCertificateIsForTheNameThatWasAskedFor() throws TlsException {
        TlsServer server = TlsServer.builder(IdentitySource.among(List.of(
                        PKI.leaf(TestKey.P256, "one.example").identity(),
                        PKI.leaf(TestKey.P256, "two.example").identity())))
                .observer(observer)
                .build();
        TlsClient trusting =
                TlsClient.builder(Trust.dangerAcceptAnyCertificate()).build();
        for (String name : List.of("two.example", "three.example")) {
            EnginePair.of(trusting.engine(name, 443), server.engine()).shakeHands();
        }

        assertThat(chosen.getFirst().fulfilled()).containsExactly(SERVER_NAME, CERTIFICATE_SCHEMES);
        assertThat(chosen.getFirst().unfulfilled()).isEmpty();
        assertThat(chosen.getLast().fulfilled()).containsExactly(CERTIFICATE_SCHEMES);
        assertThat(chosen.getLast().unfulfilled()).containsExactly(SERVER_NAME);
    }

    @Test
    void aClientTellsWhetherItsCertificateIsWhatTheServerWants() throws TlsException {
        TlsServer server = TlsServer.builder(PKI.leaf(TestKey.P256, "localhost").identity())
                .policy(Policy.MODERN_2026_11.withCertificateSchemes(List.of(SignatureScheme.ECDSA_SECP256R1_SHA256)))
                .clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust())
                .clientCertificateFilters(OidFilter.extendedKeyUsage(KeyPurposeId.id_kp_clientAuth.getId()))
                .build();
        Issued elsewhere = CertificateRecipe.host(TestKey.P256, "me.example")
                .signature("SHA512withECDSA")
                .issuedBy(CertificateRecipe.authority(TestKey.P256, "CN=Elsewhere")
                        .selfSigned());
        for (Issued own : List.of(PKI.leaf(TestKey.P256, "me.example"), elsewhere)) {
            TlsClient client = TlsClient.builder(PKI.trust())
                    .identity(own.identity())
                    .observer(observer)
                    .build();
            EnginePair pair = EnginePair.of(client, server);
            pair.server().input(pair.client().output());
            pair.client().input(pair.server().output());
        }

        assertThat(chosen.getFirst().fulfilled()).containsExactly(CERTIFICATE_SCHEMES, AUTHORITIES, FILTERS);
        assertThat(chosen.getFirst().unfulfilled()).isEmpty();
        assertThat(chosen.getLast().fulfilled()).containsExactly(FILTERS);
        assertThat(chosen.getLast().unfulfilled()).containsExactly(CERTIFICATE_SCHEMES, AUTHORITIES);
    }
}
