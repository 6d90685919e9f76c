package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a recorded handshake from its random values alone: agrees on the shared secret, derives all keys, opens
 * and seals every record, and checks every binder, signature and Finished on the way.
 */
final class HandshakeReplay {
    /** In a ClientHello with one binder of SHA-256: the lengths of the list and of the binder, and the binder. */
    private static final int BINDERS_LENGTH = 2 + 1 + 32;

    private final Rfc8448.Section trace;
    private final Crypto crypto = Crypto.jdk();
    private final HashAlgorithm hash;
    private final AeadAlgorithm aead;
    private final Transcript transcript;
    private final ReplayedDirection client = new ReplayedDirection();
    private final ReplayedDirection server = new ReplayedDirection();
    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private @Nullable PublicKey certified;
    private @Nullable ResumptionSecret resumption;
    private @Nullable ExporterSecret exporter;

    private HandshakeReplay(Rfc8448.Section trace) {
        SuiteCrypto suite = Objects.requireNonNull(crypto.suite(CipherSuite.TLS_AES_128_GCM_SHA256));
        this.trace = trace;
        this.hash = suite.hash();
        this.aead = suite.aead();
        this.transcript = new Transcript(hash);
    }

    static HandshakeReplay of(String name) throws TlsException, GeneralSecurityException {
        HandshakeReplay replay = new HandshakeReplay(Rfc8448.trace(name));
        replay.run();
        return replay;
    }

    /** The secrets and keys by the names that the resource file gives them. */
    Map<String, byte[]> values() {
        return values;
    }

    ResumptionSecret resumption() {
        return Objects.requireNonNull(resumption);
    }

    ExporterSecret exporter() {
        return Objects.requireNonNull(exporter);
    }

    HashAlgorithm hash() {
        return hash;
    }

    int reproducedRecords() {
        return client.records() + server.records();
    }

    /** Every handshake message that either side sent. */
    List<byte[]> messages() {
        List<byte[]> all = new ArrayList<>(client.allMessages());
        all.addAll(server.allMessages());
        return all;
    }

    private void run() throws TlsException, GeneralSecurityException {
        EarlySecret early = helloOfClient();
        HandshakeSecret handshake = early.toHandshake(retryAndServerHello());
        HandshakeTraffic traffic = handshake.traffic(transcript.hash());
        note("c hs", traffic.client());
        note("s hs", traffic.server());
        MainSecret main = handshake.toMain();
        server.protect(traffic.server().keys(aead), traffic.server().keys(aead));
        flightOfServer(traffic.server());
        ApplicationTraffic application = main.traffic(transcript.hash());
        note("c ap", application.client());
        note("s ap", application.server());
        values.put("exp master", application.exporter().copyForKeyLog());
        exporter = application.exporter();
        flightOfClient(traffic.client());
        resumption = main.resumption(transcript.hash());
        client.protect(application.client().keys(aead), application.client().keys(aead));
        server.protect(application.server().keys(aead), application.server().keys(aead));
        application();
    }

    private EarlySecret helloOfClient() throws TlsException, GeneralSecurityException {
        byte[] hello = client.initialClientHello(trace.get("Record_ClientHello_1"));
        EarlySecret early = earlySecret(hello);
        transcript.add(hello);
        if (trace.has("Record_Client_EarlyAppData")) {
            TrafficSecret secret = early.clientEarlyTraffic(transcript.hash());
            note("c e", secret);
            values.put("e exp master", early.earlyExporter(transcript.hash()).copyForKeyLog());
            client.protect(secret.keys(aead), secret.keys(aead));
            assertThat(client.content(trace.get("Record_Client_EarlyAppData"), ContentType.APPLICATION_DATA))
                    .isEqualTo(trace.get("Client_EarlyAppData"));
        }
        return early;
    }

    private EarlySecret earlySecret(byte[] clientHello) throws TlsException, GeneralSecurityException {
        if (trace.has("PskSecret")) {
            return earlySecret(clientHello, trace.get("PskSecret"), PskKind.EXTERNAL);
        }
        if (trace.name().equals(Rfc8448.RESUMED)) {
            byte[] psk = of(Rfc8448.SIMPLE).resumption().psk(Bytes.fromHex("0000"));
            return earlySecret(clientHello, psk, PskKind.RESUMPTION);
        }
        return EarlySecret.withoutPsk(hash);
    }

    private EarlySecret earlySecret(byte[] clientHello, byte[] psk, PskKind kind) {
        EarlySecret early = EarlySecret.of(hash, psk);
        byte[] truncatedHash = transcript.hashWithTruncated(clientHello, BINDERS_LENGTH);
        byte[] sent = Arrays.copyOfRange(clientHello, clientHello.length - 32, clientHello.length);
        assertThat(early.binder(kind, truncatedHash)).isEqualTo(sent);
        assertThat(early.isBinder(Bytes.copyOf(sent), kind, truncatedHash)).isTrue();
        for (PskKind other : PskKind.values()) {
            assertThat(early.isBinder(Bytes.copyOf(sent), other, truncatedHash)).isEqualTo(other == kind);
        }
        values.put(kind.binderLabel().toString(), sent);
        return early;
    }

    /** Returns the shared secret. */
    private byte[] retryAndServerHello() throws TlsException, GeneralSecurityException {
        if (trace.has("Record_HelloRetryRequest")) {
            transcript.replaceByMessageHash();
            transcript.add(
                    server.messages(trace.get("Record_HelloRetryRequest")).getFirst());
            transcript.add(client.messages(trace.get("Record_ClientHello_2")).getFirst());
        }
        byte[] clientHello = client.allMessages().getLast();
        byte[] serverHello = server.messages(trace.get("Record_ServerHello")).getFirst();
        assertThat(serverHello).isEqualTo(trace.get("Message_ServerHello"));
        transcript.add(serverHello);
        // The client drew its random, perhaps a session id or the key of a refused share, and last this key.
        byte[] pool = trace.get("Client_RNG_Pool");
        EphemeralKey clientKey = key(Bytes.copyOf(pool, pool.length - 32, 32));
        EphemeralKey serverKey = key(Bytes.copyOf(trace.get("Server_RNG_Pool"), 32, 32));
        byte[] clientShare = clientKey.share(clientHello);
        byte[] serverShare = serverKey.share(serverHello);
        assertThat(Bytes.copyOf(clientHello).hex())
                .contains(Bytes.copyOf(clientShare).hex());
        assertThat(Bytes.copyOf(serverHello).hex())
                .contains(Bytes.copyOf(serverShare).hex());
        byte[] shared = clientKey.agree(serverShare);
        assertThat(serverKey.agree(clientShare)).isEqualTo(shared);
        values.put("shared", shared.clone());
        return shared;
    }

    private EphemeralKey key(Bytes scalar) {
        // Only the handshake with a HelloRetryRequest leaves X25519.
        return trace.has("Record_HelloRetryRequest") ? new EphemeralKey.P256(scalar) : new EphemeralKey.X25519(scalar);
    }

    private void flightOfServer(TrafficSecret baseKey) throws TlsException, GeneralSecurityException {
        for (byte[] record : ReplayedDirection.split(trace.get("Record_ServerHandshakeMessages"))) {
            for (byte[] message : server.messages(record)) {
                authenticate(message, Role.SERVER, baseKey);
            }
        }
        List<byte[]> sent = server.allMessages();
        assertThat(sent.getLast()).isEqualTo(trace.get("Message_Server_Finished"));
        for (String name : List.of("EncryptedExtensions", "CertificateRequest")) {
            if (trace.has("Message_" + name)) {
                assertThat(sent).contains(trace.get("Message_" + name));
            }
        }
        for (String name : List.of("Certificate", "CertificateVerify")) {
            if (trace.has("Message_Server_" + name)) {
                assertThat(sent).contains(trace.get("Message_Server_" + name));
            }
        }
    }

    private void flightOfClient(TrafficSecret baseKey) throws TlsException, GeneralSecurityException {
        if (!trace.has("Record_Client_EarlyAppData")) {
            client.protect(baseKey.keys(aead), baseKey.keys(aead));
        }
        for (byte[] record : ReplayedDirection.split(trace.get("Record_ClientFinished"))) {
            for (byte[] message : client.messages(record)) {
                authenticate(message, Role.CLIENT, baseKey);
                if (message[0] == HandshakeType.END_OF_EARLY_DATA.code()) {
                    client.protect(baseKey.keys(aead), baseKey.keys(aead));
                }
            }
        }
    }

    /** Checks the message against all before it, and adds it to them. */
    private void authenticate(byte[] message, Role sender, TrafficSecret baseKey) throws GeneralSecurityException {
        int type = message[0];
        byte[] body = Arrays.copyOfRange(message, 4, message.length);
        if (type == HandshakeType.CERTIFICATE.code()) {
            certified = certifiedKey(body);
        }
        if (type == HandshakeType.CERTIFICATE_VERIFY.code()) {
            verifySignature(body, sender);
        }
        if (type == HandshakeType.FINISHED.code()) {
            assertThat(baseKey.finished(transcript.hash())).isEqualTo(body);
            assertThat(baseKey.isFinished(Bytes.copyOf(body), transcript.hash()))
                    .isTrue();
        }
        transcript.add(message);
    }

    /** The key of the first entry, a certificate or a raw public key. RFC 9846 section 4.5.1. */
    private PublicKey certifiedKey(byte[] certificate) throws GeneralSecurityException {
        int length = (certificate[4] & 0xff) << 16 | (certificate[5] & 0xff) << 8 | (certificate[6] & 0xff);
        byte[] der = Arrays.copyOfRange(certificate, 7, 7 + length);
        if (trace.name().startsWith("RawPublicKey")) {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        }
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
    }

    private void verifySignature(byte[] body, Role sender) throws GeneralSecurityException {
        String side = sender == Role.SERVER ? "Server" : "Client";
        byte[] signature = trace.get(side + "_MessageSignature");
        byte[] signed = trace.get(side + "_MessageToSign");
        // RFC 9846 4.5.2: 64 spaces, the context string, a zero, the transcript hash.
        byte[] context = ("TLS 1.3, " + (sender == Role.SERVER ? "server" : "client") + " CertificateVerify")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer content = ByteBuffer.allocate(64 + context.length + 1 + hash.length());
        content.put(" ".repeat(64).getBytes(StandardCharsets.US_ASCII));
        content.put(context).put((byte) 0).put(transcript.hash());
        assertThat(content.array()).isEqualTo(signed);
        ByteBuffer in = ByteBuffer.wrap(body);
        SignatureScheme scheme = SignatureScheme.of(in.getShort() & 0xffff);
        byte[] sent = new byte[in.getShort() & 0xffff];
        in.get(sent);
        assertThat(sent).isEqualTo(signature);
        assertThat(Objects.requireNonNull(crypto.signature(scheme))
                        .verify(Objects.requireNonNull(certified), signed, signature))
                .isTrue();
    }

    private void application() throws TlsException {
        if (trace.has("Record_NewSessionTicket")) {
            byte[] ticket =
                    server.messages(trace.get("Record_NewSessionTicket")).getFirst();
            byte[] nonce = Arrays.copyOfRange(ticket, 13, 13 + ticket[12]);
            values.put("resumption 0000", resumption().psk(Bytes.copyOf(nonce)));
        }
        if (trace.has("Record_Client_AppData")) {
            assertThat(client.content(trace.get("Record_Client_AppData"), ContentType.APPLICATION_DATA))
                    .isEqualTo(trace.get("Client_AppData"));
            assertThat(server.content(trace.get("Record_Server_AppData"), ContentType.APPLICATION_DATA))
                    .isEqualTo(trace.get("Server_AppData"));
        }
        assertThat(client.content(trace.get("Record_Client_CloseNotify"), ContentType.ALERT))
                .containsExactly(1, 0);
        assertThat(server.content(trace.get("Record_Server_CloseNotify"), ContentType.ALERT))
                .containsExactly(1, 0);
    }

    private void note(String name, TrafficSecret secret) {
        TrafficKeys keys = secret.keys(aead);
        values.put(name + " traffic", secret.copyForKeyLog());
        values.put(name + " key", keys.copyOfKey());
        values.put(name + " iv", keys.copyOfIv());
    }
}
