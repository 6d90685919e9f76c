package dev.akushu.tls.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.Role;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.BinderVerified;
import dev.akushu.tls.engine.Connection;
import dev.akushu.tls.engine.EarlyInput;
import dev.akushu.tls.engine.FirstSight;
import dev.akushu.tls.engine.OutgoingShape;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.Setting;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.engine.Step;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.schedule.ApplicationTraffic;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.HandshakeSecret;
import dev.akushu.tls.schedule.HandshakeTraffic;
import dev.akushu.tls.schedule.MainSecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Rfc8448;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.testing.RecordedPeer;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.OfferedPsks;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The server's part of the resumed handshake with early data of RFC 8448 section 4. What it chooses is what the RFC's
 * server chose; the records that it makes of that are the RFC's, and it takes those of the RFC's client.
 */
class Rfc8448ServerTest {
    private final Rfc8448.Section trace = Rfc8448.trace(Rfc8448.RESUMED);
    private final TlsServer config = TlsServer.builder(
                    TestPki.create().leaf(TestKey.P256, "server").identity())
            .ticketsPerHandshake(0)
            .build();

    @Test
    void takesEarlyDataAndAllThatFollowsByteForByte() throws TlsException {
        Setting setting = new Setting(
                Role.SERVER,
                ServerTransitions.TABLE,
                null,
                null,
                null,
                new OutgoingShape(RecordPolicy.DEFAULT, new SecureRandom()),
                false,
                false,
                Long.MAX_VALUE);
        RecordedPeer peer = new RecordedPeer(Connection.open(
                setting,
                () -> new TraceEvent.Started(Role.SERVER, "", "RFC 8448", false),
                out -> new ChoosesAsTheRfc()));
        peer.receives(trace.get("Record_ClientHello_1"));
        byte[] hello = trace.get("Record_ServerHello");
        byte[] flight = trace.get("Record_ServerHandshakeMessages");
        assertThat(peer.sent()).startsWith(hello).endsWith(flight).hasSize(hello.length + flight.length);

        peer.receives(trace.get("Record_Client_EarlyAppData"));
        ByteBuffer early = ByteBuffer.allocate(100);
        assertThat(peer.connection().readEarly(early)).isEqualTo(6);
        assertThat(early.array()).startsWith(trace.get("Client_EarlyAppData"));
        assertThat(peer.connection().established()).isNull();
        peer.receives(trace.get("Record_ClientFinished"));
        assertThat(Objects.requireNonNull(peer.connection().established())
                        .session()
                        .earlyData())
                .isEqualTo(new EarlyDataReport(EarlyDataOutcome.ACCEPTED, 6, false));

        assertThat(peer.receives(trace.get("Record_Client_AppData"))).isEqualTo(trace.get("Client_AppData"));
        assertThat(peer.sent(trace.get("Server_AppData"))).isEqualTo(trace.get("Record_Server_AppData"));
        peer.receives(trace.get("Record_Client_CloseNotify"));
        peer.connection().closeOutput();
        assertThat(peer.sent()).isEqualTo(trace.get("Record_Server_CloseNotify"));
    }

    /** Waits for the ClientHello and answers with the RFC's messages. */
    private final class ChoosesAsTheRfc implements State {
        private final SuiteCrypto suite =
                Objects.requireNonNull(Crypto.jdk().suite(CipherSuite.TLS_AES_128_GCM_SHA256));
        private final byte[] psk = Rfc8448.secrets(Rfc8448.SIMPLE).get("resumption 0000");

        @Override
        public Step step() {
            return ServerStep.EXPECT_CLIENT_HELLO;
        }

        @Override
        public State on(Received received, Output out) throws TlsException {
            EarlySecret secret = EarlySecret.of(suite.hash(), psk);
            Transcript transcript = new Transcript(suite.hash());
            BinderVerified binder = verified(received, secret, transcript);
            transcript.add(received.bytes());
            TrafficSecret early = secret.clientEarlyTraffic(transcript.hash());
            FirstSight firstSight = Objects.requireNonNull(FirstSight.by(ReplayGuard.Answer.FRESH));
            EarlyInput input = new EarlyInput(binder, firstSight, 1024, secret.earlyExporter(transcript.hash()));
            send("Message_ServerHello", transcript, out);
            Resumption.Resumed resumed =
                    new Resumption.Resumed(0, secret, binder, ticket(), Instant.EPOCH, Instant.EPOCH);
            HandshakeSecret next =
                    secret.toHandshake(Rfc8448.secrets(Rfc8448.RESUMED).get("shared"));
            HandshakeTraffic traffic = next.traffic(transcript.hash());
            out.writeKeys(Protection.HANDSHAKE, traffic.server(), suite);
            out.readKeys(Protection.EARLY, early, suite, received.aligned());
            out.acceptEarlyData(input);
            MainSecret main = next.toMain();
            send("Message_EncryptedExtensions", transcript, out);
            send("Message_Server_Finished", transcript, out);
            ApplicationTraffic application = main.traffic(transcript.hash());
            out.writeKeys(Protection.APPLICATION, application.server(), suite);
            Choices choices = new Choices(
                    ClientWishes.of(received.as(ClientHello.class)),
                    new Negotiation(suite, NamedGroup.X25519, false, null),
                    CertificateType.X509,
                    null,
                    false,
                    new Resumption.Decision(resumed, null, null, null),
                    EarlyDataOutcome.ACCEPTED,
                    new EarlyTraffic(early, input));
            return new ExpectEndOfEarlyData(
                    new ServerProgress(config, choices, null, List.of(), transcript, traffic, application, main),
                    PeerAuthenticated.anonymousClient(Instant.EPOCH));
        }

        private BinderVerified verified(Received received, EarlySecret secret, Transcript transcript)
                throws TlsException {
            ClientHello hello = received.as(ClientHello.class);
            OfferedPsks psks = Objects.requireNonNull(hello.extensions().find(OfferedPsks.class));
            byte[] hash = transcript.hashWithTruncated(received.bytes(), hello.bindersLength());
            return BinderVerified.check(0, psks.binders().getFirst(), secret, PskKind.RESUMPTION, hash);
        }

        private void send(String name, Transcript transcript, Output out) throws TlsException {
            byte[] message = trace.get(name);
            out.send(HandshakeCodec.decode(message, 0, message.length), message);
            transcript.add(message);
        }

        private TicketState ticket() {
            StoredTicket.Origin origin = new StoredTicket.Origin(
                    "server", null, NamedGroup.X25519, null, List.of(), null, Instant.EPOCH, null);
            return new TicketState(
                    psk,
                    suite.suite(),
                    Instant.EPOCH,
                    Duration.ofSeconds(30),
                    0,
                    1024,
                    origin,
                    CertificateType.X509,
                    Bytes.empty());
        }
    }
}
