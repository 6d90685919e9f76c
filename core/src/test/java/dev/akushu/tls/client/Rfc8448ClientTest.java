package dev.akushu.tls.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.KeyLog;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.Role;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.Connection;
import dev.akushu.tls.engine.OutgoingShape;
import dev.akushu.tls.engine.Setting;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.Rfc8448;
import dev.akushu.tls.testing.RecordedPeer;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.OfferedPsks;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The client's part of the resumed handshake with early data of RFC 8448 section 4, from the ClientHello of the RFC on: whatever it sends is what the RFC shows. */
class Rfc8448ClientTest {
    private final Rfc8448.Section trace = Rfc8448.trace(Rfc8448.RESUMED);
    private final TlsClient config =
            TlsClient.builder(TestPki.create().trust()).compatibilityMode(false).build();

    @Test
    void sendsEarlyDataAndAllThatFollowsByteForByte() throws TlsException {
        Offer offer = offerOfTheRfc();
        Setting setting = setting(null);
        RecordedPeer peer = new RecordedPeer(Connection.open(
                setting,
                () -> new TraceEvent.Started(Role.CLIENT, "server", "RFC 8448", false),
                out -> ClientHandshake.send(offer, out)));

        assertThat(peer.sent()).isEqualTo(joined("Record_ClientHello_1", "Record_Client_EarlyAppData"));
        peer.receives(trace.get("Record_ServerHello"));
        peer.receives(trace.get("Record_ServerHandshakeMessages"));
        assertThat(peer.sent()).isEqualTo(trace.get("Record_ClientFinished"));
        assertThat(peer.connection().earlyData()).isEqualTo(EarlyDataOutcome.ACCEPTED);
        assertThat(peer.sent(trace.get("Client_AppData"))).isEqualTo(trace.get("Record_Client_AppData"));
        assertThat(peer.receives(trace.get("Record_Server_AppData"))).isEqualTo(trace.get("Server_AppData"));
        peer.connection().closeOutput();
        assertThat(peer.sent()).isEqualTo(trace.get("Record_Client_CloseNotify"));
        peer.receives(trace.get("Record_Server_CloseNotify"));
        assertThat(peer.connection().inputClosed()).isTrue();
    }

    @Test
    void exportsEarlyByTheSecretOfTheRfc() throws TlsException {
        Offer offer = offerOfTheRfc();
        StringBuilder keyLog = new StringBuilder();
        Setting setting = setting(keyLog::append);
        Connection.open(
                setting,
                () -> new TraceEvent.Started(Role.CLIENT, "server", "RFC 8448", false),
                out -> ClientHandshake.send(offer, out));

        Rfc8448.Section secrets = Rfc8448.secrets(Rfc8448.RESUMED);
        assertThat(keyLog)
                .contains(Bytes.wrap(secrets.get("c e traffic")).hex())
                .contains(Bytes.wrap(secrets.get("e exp master")).hex());
    }

    private static Setting setting(@Nullable KeyLog keyLog) {
        OutgoingShape shape = new OutgoingShape(RecordPolicy.DEFAULT, new SecureRandom());
        return new Setting(
                Role.CLIENT, ClientTransitions.TABLE, null, keyLog, null, shape, false, false, Long.MAX_VALUE);
    }

    private Offer offerOfTheRfc() throws TlsException {
        byte[] record = trace.get("Record_ClientHello_1");
        byte[] bytes = Arrays.copyOfRange(record, 5, record.length);
        ClientHello hello = (ClientHello) HandshakeCodec.decode(bytes, 0, bytes.length);
        KeyExchange.ClientShare share = Objects.requireNonNull(Crypto.jdk().group(NamedGroup.X25519))
                .generate(RecordedPeer.random(lastOf(trace.get("Client_RNG_Pool"))));
        assertThat(Objects.requireNonNull(hello.extensions().find(KeyShareClientHello.class))
                        .clientShares()
                        .getFirst()
                        .keyExchange())
                .isEqualTo(share.share());
        EarlyData data = EarlyData.of(trace.get("Client_EarlyAppData"));
        OfferedTicket ticket = ticket(hello);
        return new Offer(
                new ClientSetting(config, "server", 443, data, HelloVariation.of(config)),
                hello,
                bytes,
                List.of(share),
                List.of(ticket),
                new EarlyAttempt(data, ticket, null));
    }

    private static OfferedTicket ticket(ClientHello hello) {
        SuiteCrypto suite = Objects.requireNonNull(Crypto.jdk().suite(CipherSuite.TLS_AES_128_GCM_SHA256));
        OfferedPsks psks = Objects.requireNonNull(hello.extensions().find(OfferedPsks.class));
        byte[] psk = Rfc8448.secrets(Rfc8448.SIMPLE).get("resumption 0000");
        Instant now = Instant.now();
        StoredTicket stored = new StoredTicket(
                psks.identities().getFirst().identity(),
                psk,
                suite.suite(),
                now,
                Duration.ofSeconds(30),
                0,
                1024,
                RecordPolicy.DEFAULT.sizeLimit(),
                new StoredTicket.Origin("server", null, NamedGroup.X25519, null, List.of(), null, now, null));
        return new OfferedTicket(stored, suite, EarlySecret.of(suite.hash(), psk));
    }

    private static byte[] lastOf(byte[] pool) {
        return Arrays.copyOfRange(pool, pool.length - 32, pool.length);
    }

    private byte[] joined(String one, String other) {
        byte[] first = trace.get(one);
        byte[] second = trace.get(other);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
