package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.server.ServerStep;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a server answers to server_name. RFC 6066 section 3. */
class ServerNameAnswerTest {
    @Test
    void aServerSaysThatItMadeUseOfTheName() throws TlsException {
        assertThat(answers(Ends.client().build(), Ends.server().build())).containsExactly(ExtensionType.SERVER_NAME);
    }

    @Test
    void aServerSaysNothingOfTheNameWhenASessionResumes() throws TlsException {
        TlsClient client = Ends.client().build();
        TlsServer server = Ends.server().build();
        new Talk(client, server).finish();

        assertThat(answers(client, server)).isEmpty();
    }

    @Test
    void aServerThatWasToldNoNameAnswersNothing() throws TlsException {
        TlsClient silent = Ends.client().serverNameIndication(false).build();

        assertThat(answers(silent, Ends.server().build())).isEmpty();
    }

    /** The extensions in the server's EncryptedExtensions but the one about records, which is always there. */
    private static List<ExtensionType> answers(TlsClient client, TlsServer server) throws TlsException {
        Talk talk = new Talk(client, server);
        talk.give(Role.SERVER, Objects.requireNonNull(talk.intercept(Role.SERVER)));
        assertThat(talk.end(Role.SERVER).step()).isEqualTo(ServerStep.EXPECT_FINISHED);
        talk.intercept(Role.CLIENT);
        byte[] second = Objects.requireNonNull(talk.intercept(Role.CLIENT));
        HandshakeMessage message = HandshakeCodec.decode(second, 0, second.length);
        assertThat(message).isInstanceOf(EncryptedExtensions.class);
        return ((EncryptedExtensions) message)
                .extensions().types().stream()
                        .filter(type -> !type.equals(ExtensionType.RECORD_SIZE_LIMIT))
                        .toList();
    }
}
