package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that has let go of what an idle one does not need goes on as before. */
class ReleasedBuffersTest {
    private EnginePair pair;

    ReleasedBuffersTest() throws TlsException {
        pair = EnginePair.connected(Ends.client().build(), Ends.server().build());
        release();
    }

    private EnginePair.End end(Role role) {
        return role == Role.CLIENT ? pair.client() : pair.server();
    }

    private void release() {
        pair.client().engine().releaseBuffers();
        pair.server().engine().releaseBuffers();
    }

    private void exchange(String data) throws TlsException {
        pair.server().input(pair.client().seal(data));
        pair.client().input(pair.server().seal(data));
        assertThat(pair.server().received()).endsWith(data);
        assertThat(pair.client().received()).endsWith(data);
    }

    static Stream<Arguments> suitesAndRoles() {
        return Policy.MODERN_2026_11.suites().stream()
                .flatMap(suite -> Arrays.stream(Role.values()).map(role -> Arguments.of(suite, role)));
    }

    @ParameterizedTest
    @MethodSource("suitesAndRoles")
    void dataAndNewKeysPassAsBefore(CipherSuite suite, Role updating) throws TlsException {
        Policy policy = Ends.QUICK.withSuites(List.of(suite));
        pair = EnginePair.connected(
                Ends.client().policy(policy).build(),
                Ends.server().policy(policy).build());
        release();
        exchange("one");
        exchange("two");
        release();
        exchange("three");
        release();
        end(updating).engine().updateKeys(true);
        exchange("four");
        release();
        release();
        exchange("five");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void recordsThatWaitForRoomAreStillSent(Role sending) throws TlsException {
        TlsEngine engine = end(sending).engine();
        engine.updateKeys(false);
        ByteBuffer network = ByteBuffer.allocate(10);
        assertThat(engine.send(ByteBuffer.wrap(new byte[] {'x'}), network)).isEqualTo(TlsEngine.Status.NEED_SPACE);
        release();
        exchange("later");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theEndIsStillSaid(Role closing) throws TlsException {
        end(closing).engine().closeOutput();
        release();
        EnginePair.End other = closing == Role.CLIENT ? pair.server() : pair.client();
        other.input(end(closing).output());
        release();
        assertThat(other.engine().isInputClosed()).isTrue();
        other.engine().closeOutput();
        end(closing).input(other.output());
        release();
        assertThat(end(closing).engine().isInputClosed()).isTrue();
    }
}
