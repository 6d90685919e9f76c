package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Exporter;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9846 section 6: keys are forgotten when a connection fails, and also when it was closed in order. */
class KeysForgottenTest {
    private final CountedAead ofClient = new CountedAead();
    private final CountedAead ofServer = new CountedAead();
    private final EnginePair pair;

    KeysForgottenTest() throws TlsException {
        pair = EnginePair.of(
                Ends.client().crypto(ofClient.crypto()).build(),
                Ends.server().crypto(ofServer.crypto()).build());
    }

    private EnginePair.End end(Role role) {
        return role == Role.CLIENT ? pair.client() : pair.server();
    }

    private CountedAead keys(Role role) {
        return role == Role.CLIENT ? ofClient : ofServer;
    }

    private static Problem problemOf(ThrowingCallable call) {
        return catchThrowableOfType(TlsException.class, call).problem();
    }

    @Test
    void aConnectionInUseHasOneKeyForEachDirection() throws TlsException {
        pair.shakeHands();
        assertThat(ofClient.inUse()).isEqualTo(2);
        assertThat(ofServer.inUse()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoGetsAFatalAlertForgetsAtOnceAndWhoSendsItForgetsThen(Role told) throws TlsException {
        pair.shakeHands();
        EnginePair.End telling = end(told.peer());
        Exporter exporter = end(told).engine().exporter().orElseThrow();
        byte[] forged = new byte[30];
        forged[0] = 23;
        forged[1] = 3;
        forged[2] = 3;
        forged[4] = 25;
        assertThat(problemOf(() -> telling.input(forged))).isEqualTo(Problem.BAD_RECORD_MAC);
        assertThat(keys(told.peer()).inUse()).as("for the alert").isEqualTo(1);
        byte[] alert = telling.output();
        assertThat(keys(told.peer()).inUse()).isZero();
        assertThat(problemOf(() -> end(told).input(alert))).isEqualTo(Problem.ALERT_RECEIVED);
        assertThat(keys(told).inUse()).isZero();
        assertThat(problemOf(() -> exporter.export("EXPERIMENTAL test", new byte[0], 32)))
                .isEqualTo(Problem.ALREADY_CLOSED);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoIsCutOffForgets(Role cutOff) throws TlsException {
        pair.shakeHands();
        assertThat(problemOf(() -> end(cutOff).engine().endOfInput())).isEqualTo(Problem.TRUNCATED);
        assertThat(keys(cutOff).inUse()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void eachDirectionIsForgottenWhenItIsClosed(Role first) throws TlsException {
        pair.shakeHands();
        EnginePair.End near = end(first);
        EnginePair.End far = end(first.peer());
        near.engine().closeOutput();
        far.input(near.output());
        assertThat(keys(first).inUse()).isEqualTo(1);
        assertThat(keys(first.peer()).inUse()).isEqualTo(1);
        near.input(far.seal("still here"));
        assertThat(near.received()).isEqualTo("still here");
        assertThat(far.engine().exportKeyingMaterial("EXPERIMENTAL test", new byte[0], 32))
                .isEqualTo(near.engine().exportKeyingMaterial("EXPERIMENTAL test", new byte[0], 32));
        far.engine().closeOutput();
        near.input(far.output());
        for (Role role : Role.values()) {
            assertThat(keys(role).inUse()).isZero();
            assertThat(problemOf(() -> end(role).engine().exportKeyingMaterial("EXPERIMENTAL test", new byte[0], 32)))
                    .isEqualTo(Problem.ALREADY_CLOSED);
        }
    }

    @Test
    void aHandshakeThatIsGivenUpForgetsItsKeys() throws TlsException {
        pair.server().input(pair.client().output());
        assertThat(ofServer.inUse()).isEqualTo(2);
        pair.server().engine().closeOutput();
        assertThat(ofServer.inUse()).as("for what is still to be sent").isEqualTo(1);
        assertThat(pair.server().output()).isNotEmpty();
        assertThat(ofServer.inUse()).isZero();
    }
}
