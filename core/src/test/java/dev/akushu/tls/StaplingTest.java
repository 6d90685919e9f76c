package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent beside certificates: OCSP responses and timestamps of logs. RFC 9846 section 4.5.1.1, RFC 6066 section 8, RFC 6962, RFC 7633. */
class StaplingTest {
    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");
    private static final Issued DEMANDING = PKI.issue(demanding(5));
    private static final RevocationRecipe ISSUER = RevocationRecipe.by(PKI.intermediate());
    private static final Bytes TIMESTAMP =
            Bytes.fromHex("00" + "11".repeat(32) + "0000018bcfe56800" + "0000" + "0403" + "0002" + "abcd");

    @TempDir
    private Path folder;

    @Test
    void aClientAsksForAResponseAndChecksIt() throws TlsException {
        Bytes good = ISSUER.good(LEAF.certificate());
        EnginePair pair = EnginePair.connected(client(), server(LEAF, good));

        assertThat(pair.client().engine().handshake().orElseThrow().ocspResponse())
                .isEqualTo(good);
    }

    @Test
    void aStapledResponseThatSaysRevokedEndsTheHandshake() throws TlsException {
        EnginePair pair = EnginePair.of(client(), server(LEAF, ISSUER.revoked(LEAF.certificate())));

        Failures.ofClient(pair, Problem.CERTIFICATE_REVOKED);
    }

    @Test
    void aResponseThatProvesNothingDoesNoHarmUnlessItIsDemanded() throws TlsException {
        Bytes other = ISSUER.good(DEMANDING.certificate());
        Bytes forOther = ISSUER.good(LEAF.certificate());

        assertThat(EnginePair.connected(client(), server(LEAF, other))
                        .client()
                        .engine()
                        .isEstablished())
                .isTrue();
        Failures.ofClient(EnginePair.of(client(), server(DEMANDING, forOther)), Problem.OCSP_RESPONSE_UNUSABLE);
    }

    @Test
    void aResponseThatHasEndedIsNoProof() throws TlsException {
        Instant now = Instant.now();
        Bytes ended = RevocationRecipe.by(PKI.intermediate())
                .thisUpdate(now.minus(Duration.ofDays(9)))
                .nextUpdate(now.minus(Duration.ofDays(2)))
                .good(DEMANDING.certificate());

        Failures.ofClient(EnginePair.of(client(), server(DEMANDING, ended)), Problem.OCSP_RESPONSE_UNUSABLE);
    }

    @Test
    void aCertificateThatDemandsAResponseIsNotTakenWithoutOne() throws TlsException {
        Failures.ofClient(
                EnginePair.of(client(), TlsServer.builder(DEMANDING.identity()).build()),
                Problem.OCSP_RESPONSE_MISSING);
        EnginePair.connected(client(), server(DEMANDING, ISSUER.good(DEMANDING.certificate())));
    }

    @Test
    void aDemandForAnotherFeatureIsNoneForAResponse() throws TlsException {
        Issued other = PKI.issue(demanding(17));

        EnginePair.connected(client(), TlsServer.builder(other.identity()).build());
    }

    @Test
    void withRevocationADemandIsHonouredToo() throws TlsException {
        Trust strict = Trust.anchors(
                PKI.anchors(),
                "test roots",
                Revocation.lists(
                        List.of(ISSUER.list(), RevocationRecipe.by(PKI.root()).list())));
        TlsClient client = TlsClient.builder(strict).build();

        Failures.ofClient(
                EnginePair.of(client, TlsServer.builder(DEMANDING.identity()).build()), Problem.OCSP_RESPONSE_MISSING);
        EnginePair.connected(client, server(DEMANDING, ISSUER.good(DEMANDING.certificate())));
    }

    @Test
    void aServerSendsNothingToAClientThatDoesNotAsk() throws TlsException {
        TlsClient indifferent =
                TlsClient.builder(Trust.dangerAcceptAnyCertificate()).build();
        EnginePair pair = EnginePair.connected(indifferent, server(LEAF, ISSUER.good(LEAF.certificate())));

        assertThat(pair.client().engine().handshake().orElseThrow().ocspResponse())
                .isNull();
    }

    @Test
    void theResponseIsAskedForInEachHandshake() throws TlsException {
        AtomicReference<Optional<Bytes>> present = new AtomicReference<>(Optional.empty());
        TlsServer server = TlsServer.builder(LEAF.identity().withOcspResponse(present::get))
                .build();
        assertThat(stapled(server)).isNull();

        Bytes good = ISSUER.good(LEAF.certificate());
        present.set(Optional.of(good));

        assertThat(stapled(server)).isEqualTo(good);
    }

    @Test
    void aBrokenSupplierCostsTheResponseAlone() throws TlsException {
        Identity broken = LEAF.identity().withOcspResponse(() -> {
            throw new IllegalStateException("the responder's cache is gone");
        });

        assertThat(stapled(TlsServer.builder(broken).build())).isNull();
    }

    @Test
    void timestampsThatAreNoneAreNotSent() throws TlsException {
        Identity broken = LEAF.identity().withTimestamps(() -> List.of(TIMESTAMP, Bytes.empty()));
        TlsClient curious =
                TlsClient.builder(PKI.trust()).certificateTimestamps(true).build();
        EnginePair pair =
                EnginePair.connected(curious, TlsServer.builder(broken).build());

        assertThat(pair.client().engine().handshake().orElseThrow().timestamps())
                .isEmpty();
    }

    @Test
    void clientsAreAskedForAResponseIfRevocationMatters() throws TlsException {
        Issued own = PKI.leaf(TestKey.P256, "client");
        Bytes good = ISSUER.good(own.certificate());
        TlsClient client = TlsClient.builder(PKI.trust())
                .identity(own.identity().withOcspResponse(() -> Optional.of(good)))
                .build();
        List<Trust.PeerChain> judged = new ArrayList<>();
        for (boolean wanted : new boolean[] {true, false}) {
            TlsServer server = TlsServer.builder(LEAF.identity())
                    .clientAuthentication(ClientAuthentication.REQUIRED, witness(wanted, judged))
                    .build();
            EnginePair.connected(client, server);
        }

        assertThat(judged).extracting(Trust.PeerChain::ocspResponse).containsExactly(good, null);
    }

    @Test
    void timestampsOfLogsReachTheClientThatAsksForThem() throws TlsException {
        TlsServer server = TlsServer.builder(LEAF.identity().withTimestamps(() -> List.of(TIMESTAMP, TIMESTAMP)))
                .build();
        List<Trust.PeerChain> judged = new ArrayList<>();
        TlsClient curious = TlsClient.builder(witness(false, judged))
                .certificateTimestamps(true)
                .build();

        EnginePair pair = EnginePair.connected(curious, server);
        assertThat(judged.getFirst().timestamps()).containsExactly(TIMESTAMP, TIMESTAMP);
        assertThat(pair.client().engine().handshake().orElseThrow().timestamps())
                .hasSize(2);
        SignedCertificateTimestamp read = SignedCertificateTimestamp.of(TIMESTAMP);
        assertThat(read.timestamp()).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
        assertThat(read.logId()).isEqualTo(Bytes.fromHex("11".repeat(32)));
        assertThat(read.signature()).isEqualTo(Bytes.fromHex("abcd"));

        EnginePair incurious = EnginePair.connected(client(), server);
        assertThat(incurious.client().engine().handshake().orElseThrow().timestamps())
                .isEmpty();
    }

    @Test
    void timestampsOfClientsReachTheServerThatAsksForThem() throws TlsException {
        Issued own = PKI.leaf(TestKey.P256, "client");
        TlsClient client = TlsClient.builder(PKI.trust())
                .identity(own.identity().withTimestamps(() -> List.of(TIMESTAMP)))
                .postHandshakeAuthentication(true)
                .build();
        List<Trust.PeerChain> judged = new ArrayList<>();
        TlsServer curious = TlsServer.builder(LEAF.identity())
                .clientAuthentication(ClientAuthentication.REQUIRED, witness(false, judged))
                .clientCertificateTimestamps(true)
                .ticketsPerHandshake(0)
                .build();

        EnginePair pair = EnginePair.connected(client, curious);
        assertThat(pair.server().engine().handshake().orElseThrow().timestamps())
                .containsExactly(TIMESTAMP);
        pair.server().engine().requestClientCertificate();
        pair.shakeHands();
        EnginePair.connected(
                client, curious.toBuilder().clientCertificateTimestamps(false).build());

        assertThat(judged)
                .extracting(Trust.PeerChain::timestamps)
                .containsExactly(List.of(TIMESTAMP), List.of(TIMESTAMP), List.of());
    }

    @Test
    void aTimestampOfAnotherVersionIsNotRead() {
        assertThatThrownBy(() -> SignedCertificateTimestamp.of(Bytes.fromHex("01" + "00".repeat(47))))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("sct_version");
    }

    @Test
    void aClientMayTellWhichAuthoritiesItKnows() throws TlsException {
        List<List<Bytes>> told = new ArrayList<>();
        TlsServer server = TlsServer.builder(request -> {
                    told.add(request.authorities());
                    return Optional.of(LEAF.identity());
                })
                .build();

        EnginePair.connected(
                TlsClient.builder(PKI.trust()).certificateAuthorities(true).build(), server);
        EnginePair.connected(client(), server);

        assertThat(told).containsExactly(PKI.trust().authorities(), List.of());
        assertThat(told.getFirst()).hasSize(1);
    }

    @Test
    void aFileWithAResponseIsReadAnewWhenItChanges() throws IOException {
        Path response = folder.resolve("response.der");
        Bytes first = ISSUER.good(LEAF.certificate());
        Files.write(response, first.toArray());
        List<TlsException> faults = new ArrayList<>();
        IdentityFiles files = IdentityFiles.builder()
                .add(LEAF.writeChain(folder), LEAF.writeKey(folder), response)
                .interval(Duration.ZERO)
                .onFault(faults::add)
                .build();
        TlsServer server = TlsServer.builder(files).build();
        assertThat(stapled(server)).isEqualTo(first);

        Bytes second = RevocationRecipe.by(PKI.intermediate())
                .nextUpdate(Instant.now().plus(Duration.ofDays(3)))
                .good(LEAF.certificate());
        Files.write(response, second.toArray());
        assertThat(stapled(server)).isEqualTo(second);

        // RFC 6960 4.2.1: tryLater, and nothing else.
        Files.write(response, Bytes.fromHex("30030a0103").toArray());
        assertThat(stapled(server)).isEqualTo(second);
        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.NO_OCSP_RESPONSE);
    }

    private static Bytes stapled(TlsServer server) throws TlsException {
        return EnginePair.connected(client(), server)
                .client()
                .engine()
                .handshake()
                .orElseThrow()
                .ocspResponse();
    }

    private static TlsClient client() {
        return TlsClient.builder(PKI.trust()).build();
    }

    private static TlsServer server(Issued leaf, Bytes response) {
        return TlsServer.builder(leaf.identity().withOcspResponse(() -> Optional.of(response)))
                .build();
    }

    private static CertificateRecipe demanding(int feature) {
        return CertificateRecipe.host(TestKey.P256, "localhost")
                .serialNumber(BigInteger.valueOf(4800 + feature))
                .extension(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, new DERSequence(new ASN1Encodable[] {
                    new ASN1Integer(feature)
                }));
    }

    /** Accepts everybody, and keeps what it was shown. */
    private static Trust witness(boolean wantsOcspResponse, List<Trust.PeerChain> judged) {
        return new Trust() {
            @Override
            public List<CertificateCheck> verify(PeerChain peer) {
                judged.add(peer);
                return List.of();
            }

            @Override
            public boolean wantsOcspResponse(Role peer) {
                return wantsOcspResponse;
            }
        };
    }
}
