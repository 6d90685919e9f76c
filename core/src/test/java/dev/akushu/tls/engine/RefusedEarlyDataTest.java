package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.Altered.inFront;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.ForgedRecords.APPLICATION_DATA;
import static dev.akushu.tls.engine.ForgedRecords.HANDSHAKE;
import static dev.akushu.tls.engine.ForgedRecords.clear;
import static dev.akushu.tls.engine.ForgedRecords.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HandshakeCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that takes no early data passes over it, up to a limit. RFC 9846 section 4.3.10. */
class RefusedEarlyDataTest {
    private static final byte[] JUNK = clear(APPLICATION_DATA, new byte[1000]);
    private static final int MOST_JUNK = (1 << 16) / 1000;

    private final MessageDigest transcript = sha256();
    private final TappedPair tapped;

    RefusedEarlyDataTest() throws TlsException {
        tapped = new TappedPair(Ends.client(), Ends.server().observer(this::note));
    }

    @Test
    void theHandshakeGoesOnBehindTheEarlyData() throws TlsException {
        server().input(join(helloWithEarlyData(tapped), JUNK, JUNK, JUNK));
        server().output();
        ForgedRecords client = tapped.handshake(Role.CLIENT);
        Finished finished = new Finished(client.verifyData(transcript.digest()));
        server().input(client.seal(HANDSHAKE, HandshakeCodec.encode(finished)));

        assertThat(server().engine().isEstablished()).isTrue();
        // From the first record that decrypts on, there is no early data any more.
        TappedPair.requireFailure(server(), JUNK, Problem.BAD_RECORD_MAC);
    }

    @Test
    void nothingIsPassedOverUnlessEarlyDataWasAnnounced() throws TlsException {
        server().input(tapped.client().output());

        TappedPair.requireFailure(server(), JUNK, Problem.BAD_RECORD_MAC);
    }

    @Test
    void earlyDataWithoutEndIsRefused() throws TlsException {
        server().input(helloWithEarlyData(tapped));
        for (int i = 0; i < MOST_JUNK; i++) {
            server().input(JUNK);
        }

        TlsException failed = TappedPair.requireFailure(server(), join(JUNK, JUNK), Problem.EARLY_DATA_TOO_LONG);
        assertThat(failed.diagnosis().fact("limit")).isEqualTo((long) (1 << 16));
    }

    @Test
    void afterARetryEverythingThatIsEncryptedIsPassedOverUntilTheSecondHello() throws TlsException {
        TappedPair retried = withoutShares();
        retried.server().input(join(helloWithEarlyData(retried), JUNK, JUNK));
        retried.client().input(retried.server().output());
        retried.server().input(join(JUNK, retried.client().output()));

        assertThat(retried.server().engine().failure()).isEmpty();
        TappedPair.requireFailure(retried.server(), JUNK, Problem.BAD_RECORD_MAC);
    }

    @Test
    void earlyDataWithoutEndIsRefusedAfterARetryToo() throws TlsException {
        TappedPair retried = withoutShares();
        retried.server().input(helloWithEarlyData(retried));
        for (int i = 0; i < MOST_JUNK; i++) {
            retried.server().input(JUNK);
        }

        TappedPair.requireFailure(retried.server(), join(JUNK, JUNK), Problem.EARLY_DATA_TOO_LONG);
    }

    private EnginePair.End server() {
        return tapped.server();
    }

    private static TappedPair withoutShares() throws TlsException {
        return new TappedPair(Ends.client().policy(Ends.QUICK.withKeyShares(List.of())), Ends.server());
    }

    private static byte[] helloWithEarlyData(TappedPair tapped) throws TlsException {
        byte[] record = tapped.client().output();
        byte[] message = Arrays.copyOfRange(record, 5, record.length);
        ClientHello hello = (ClientHello) HandshakeCodec.decode(message, 0, message.length);
        return clear(
                HANDSHAKE,
                HandshakeCodec.encode(Altered.extensions(hello, inFront(raw(ExtensionType.EARLY_DATA, "")))));
    }

    private void note(TraceEvent event) {
        if (event instanceof TraceEvent.Message message) {
            transcript.update(message.message().toArray());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
