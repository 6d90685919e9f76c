package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.Peers;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Early data under an external key with OpenSSL, which is told what goes with the key by the file of a session that never was. GnuTLS and Go have it with tickets alone; NSS has it, but its tools import a key without early data. */
@Timeout(60)
class EarlyDataWithKeyTest {
    private static final byte[] KEY = Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
            .toArray();
    private static final int LIMIT = 1000;
    private static final String EARLY = "hello early";

    @TempDir
    private Path folder;

    private Path session;

    @BeforeEach
    void writeSession() throws IOException {
        Peers.requireProgram("openssl");
        session = Files.writeString(folder.resolve("psk.session"), sessionPem());
    }

    @Test
    void anOpenSslServerTakesOurs() throws IOException {
        List<String> command = List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-nocert",
                "-ciphersuites",
                "TLS_AES_128_GCM_SHA256",
                "-psk_identity",
                "lamp",
                "-psk_session",
                session.toString(),
                "-early_data",
                "-max_early_data",
                String.valueOf(LIMIT));
        try (ExternalProcess server = ExternalProcess.start(command)) {
            int port = Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1));
            EarlyData early = EarlyData.of((EARLY + "\n").getBytes(StandardCharsets.US_ASCII));
            try (TlsConnection connection = TlsClient.pskBuilder(lamp()).build().connect("127.0.0.1", port, early)) {
                assertThat(connection.session().orElseThrow().earlyData().accepted())
                        .isTrue();
                server.await("Early data received:");
                server.await(EARLY);
            }
        }
    }

    @Test
    void anOpenSslClientSendsItToOurs() throws IOException {
        // The span begins after the server, whose replay guard so misses nothing of it.
        AtomicReference<PskSource> keys = new AtomicReference<>();
        TlsServer server = TlsServer.pskBuilder(wanted -> keys.get().find(wanted))
                .earlyData(LIMIT)
                .build();
        keys.set(PskSource.of(List.of(lamp())));
        try (TlsListener listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Path early = Files.writeString(folder.resolve("early"), EARLY);
            List<String> command = List.of(
                    "openssl",
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + listener.localAddress().getPort(),
                    "-tls1_3",
                    "-ciphersuites",
                    "TLS_AES_128_GCM_SHA256",
                    "-psk_identity",
                    "lamp",
                    "-psk_session",
                    session.toString(),
                    "-early_data",
                    early.toString());
            try (ExternalProcess client = ExternalProcess.start(command);
                    TlsConnection connection = listener.accept().orElseThrow()) {
                assertThat(new String(connection.earlyInput().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo(EARLY);
                connection.output().write("hello back\n".getBytes(StandardCharsets.US_ASCII));
                connection.output().flush();
                client.await("Early data was accepted");
                client.send("Q\n");
                assertThat(client.awaitExit()).as(client.output()).isZero();
                assertThat(connection.session().orElseThrow().externalPsk()).isEqualTo(Bytes.ofAscii("lamp"));
            }
        }
    }

    /** From now on, for an hour. */
    private static ExternalPsk lamp() {
        Instant from = Instant.now();
        EarlyDataTerms terms =
                EarlyDataTerms.of(CipherSuite.TLS_AES_128_GCM_SHA256, LIMIT, from, from.plus(Duration.ofHours(1)));
        return ExternalPsk.dangerRaw(Bytes.ofAscii("lamp"), KEY, Kdf.HKDF_SHA256)
                .withEarlyData(terms);
    }

    /** What i2d_SSL_SESSION writes: version, protocol, suite, session id, key, when, for how long, and max_early_data. */
    private static String sessionPem() throws IOException {
        DERSequence asn1 = new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(1),
            new ASN1Integer(0x0304),
            new DEROctetString(new byte[] {0x13, 0x01}),
            new DEROctetString(new byte[0]),
            new DEROctetString(KEY),
            new DERTaggedObject(true, 1, new ASN1Integer(Instant.now().getEpochSecond())),
            new DERTaggedObject(true, 2, new ASN1Integer(3600)),
            new DERTaggedObject(true, 15, new ASN1Integer(LIMIT))
        });
        return "-----BEGIN SSL SESSION PARAMETERS-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(asn1.getEncoded())
                + "\n-----END SSL SESSION PARAMETERS-----\n";
    }
}
