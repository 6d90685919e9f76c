package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.client.ClientStep;
import dev.akushu.tls.client.ClientTransitions;
import dev.akushu.tls.server.ServerStep;
import dev.akushu.tls.server.ServerTransitions;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.CompressedCertificate;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.EndOfEarlyData;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareHelloRetryRequest;
import dev.akushu.tls.wire.KeyUpdate;
import dev.akushu.tls.wire.NewSessionTicket;
import dev.akushu.tls.wire.ServerHello;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of message in every state of both roles. */
class TransitionsTest {
    private static final Bytes RANDOM = Bytes.wrap(new byte[32]);

    /** One message of each kind, well-formed. */
    private static final List<HandshakeMessage> ONE_OF_EACH = List.of(
            new ClientHello(
                    0x0303,
                    RANDOM,
                    Bytes.empty(),
                    List.of(CipherSuite.TLS_AES_128_GCM_SHA256),
                    Bytes.wrap(new byte[1]),
                    Extensions.none()),
            new ServerHello(0x0303, RANDOM, Bytes.empty(), CipherSuite.TLS_AES_128_GCM_SHA256, 0, Extensions.none()),
            new HelloRetryRequest(
                    0x0303,
                    Bytes.empty(),
                    CipherSuite.TLS_AES_128_GCM_SHA256,
                    0,
                    Extensions.of(new KeyShareHelloRetryRequest(NamedGroup.X25519))),
            new EncryptedExtensions(Extensions.none()),
            new CertificateRequest(Bytes.empty(), Extensions.none()),
            new Certificate(Bytes.empty(), List.of()),
            new CompressedCertificate(1, 10, Bytes.wrap(new byte[10])),
            new CertificateVerify(SignatureScheme.ED25519, RANDOM),
            new Finished(RANDOM),
            new EndOfEarlyData(),
            new NewSessionTicket(60, 0, Bytes.empty(), RANDOM, Extensions.none()),
            new KeyUpdate(false));

    @Test
    void theListHoldsEveryKindOfMessage() {
        assertThat(ONE_OF_EACH.stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrder(HandshakeMessage.class.getPermittedSubclasses());
    }

    @TestFactory
    Stream<DynamicTest> aMessageThatMayNotComeGivesUnexpectedMessage() {
        return Stream.concat(
                illegal(Role.CLIENT, ClientTransitions.TABLE, ClientStep.values()),
                illegal(Role.SERVER, ServerTransitions.TABLE, ServerStep.values()));
    }

    private static Stream<DynamicTest> illegal(Role role, Transitions table, Step[] steps) {
        return Arrays.stream(steps)
                .flatMap(step -> ONE_OF_EACH.stream()
                        .filter(message -> table.after(step, message.getClass()).isEmpty())
                        .map(message -> DynamicTest.dynamicTest(
                                role + " at " + step + ": " + message.messageName(),
                                () -> requireUnexpected(role, step, message))));
    }

    private static void requireUnexpected(Role role, Step step, HandshakeMessage message) throws TlsException {
        Talk talk = at(role, step);
        TlsException failed =
                catchThrowableOfType(TlsException.class, () -> talk.give(role, HandshakeCodec.encode(message)));
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).isEqualTo(Problem.UNEXPECTED_HANDSHAKE_MESSAGE);
        assertThat(failed.diagnosis().fact("received")).isEqualTo(message.messageName());
    }

    /** A pair whose {@code role} stands at {@code step}: some scenario gets there, or the step is dead. */
    private static Talk at(Role role, Step step) throws TlsException {
        for (Scenario scenario : Scenario.all()) {
            Talk talk = scenario.begin();
            if (talk.reach(role, step)) {
                return talk;
            }
        }
        throw new AssertionError("no scenario brings the " + role + " to " + step);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aLegalMessageAdvancesWhereTheTableSays(Scenario scenario) throws TlsException {
        Talk talk = scenario.begin();
        talk.finish();
        assertThat(talk.end(Role.CLIENT).step()).isEqualTo(ClientStep.CONNECTED);
        assertThat(talk.end(Role.SERVER).step()).isEqualTo(ServerStep.CONNECTED);
    }

    @Test
    void everyRowOfTheTablesIsTakenBySomeScenario() throws TlsException {
        Set<String> taken = new TreeSet<>();
        for (Scenario scenario : Scenario.all()) {
            Talk talk = scenario.begin();
            boolean moved = true;
            while (moved) {
                moved = step(talk, Role.SERVER, taken);
                moved |= step(talk, Role.CLIENT, taken);
            }
            talk.give(Role.CLIENT, HandshakeCodec.encode(new KeyUpdate(false)));
            talk.give(Role.SERVER, HandshakeCodec.encode(new KeyUpdate(false)));
            taken.add(ClientStep.CONNECTED + " KeyUpdate");
            taken.add(ServerStep.CONNECTED + " KeyUpdate");
        }
        List<String> rows = Stream.concat(
                        ClientTransitions.TABLE.rows().stream(), ServerTransitions.TABLE.rows().stream())
                .map(row -> row.from() + " " + row.message().getSimpleName())
                .distinct()
                .toList();
        assertThat(taken).containsAll(rows);
    }

    private static boolean step(Talk talk, Role role, Set<String> taken) throws TlsException {
        byte[] message = talk.intercept(role);
        if (message == null) {
            return false;
        }
        String kind =
                HandshakeCodec.decode(message, 0, message.length).getClass().getSimpleName();
        taken.add(talk.end(role).step() + " " + kind);
        talk.give(role, message);
        return true;
    }
}
