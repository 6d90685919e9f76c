package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptTest {
    private static final byte[] CLIENT_HELLO = {1, 0, 0, 3, 'a', 'b', 'c'};
    private static final byte[] RETRY = {2, 0, 0, 1, 'r'};

    @Test
    void isTheHashOfTheMessagesOneAfterAnother() {
        Transcript transcript = new Transcript(Hashes.sha256());

        transcript.add(CLIENT_HELLO);
        transcript.add(RETRY);

        assertThat(transcript.hash()).isEqualTo(hash(Hashes.sha256(), CLIENT_HELLO, RETRY));
    }

    @Test
    void goesOnAfterAHash() {
        Transcript transcript = new Transcript(Hashes.sha256());
        transcript.add(CLIENT_HELLO);

        assertThat(transcript.hash()).isEqualTo(transcript.hash());
        transcript.add(RETRY);

        assertThat(transcript.hash()).isEqualTo(hash(Hashes.sha256(), CLIENT_HELLO, RETRY));
    }

    @ParameterizedTest
    @MethodSource("dev.akushu.tls.schedule.Hashes#all")
    void firstClientHelloBecomesItsHashAfterARetry(HashAlgorithm algorithm) {
        // RFC 9846 4.1: message_hash, 00 00 Hash.length, Hash(ClientHello1).
        byte[] header = {(byte) 254, 0, 0, (byte) algorithm.length()};
        byte[] clientHelloHash = hash(algorithm, CLIENT_HELLO);
        Transcript transcript = new Transcript(algorithm);
        transcript.add(CLIENT_HELLO);

        transcript.replaceByMessageHash();
        transcript.add(RETRY);

        assertThat(transcript.hash()).isEqualTo(hash(algorithm, header, clientHelloHash, RETRY));
    }

    @Test
    void canBeginWithTheHashFromACookie() {
        Transcript kept = new Transcript(Hashes.sha256());
        kept.add(CLIENT_HELLO);
        Transcript restored = Transcript.ofMessageHash(Hashes.sha256(), kept.hash());

        kept.replaceByMessageHash();

        assertThat(restored.hash()).isEqualTo(kept.hash());
        assertThatIllegalArgumentException().isThrownBy(() -> Transcript.ofMessageHash(Hashes.sha384(), new byte[32]));
    }

    @Test
    void aForkGoesItsOwnWay() {
        Transcript trunk = new Transcript(Hashes.sha256());
        trunk.add(CLIENT_HELLO);
        Transcript branch = trunk.fork();

        branch.add(RETRY);

        assertThat(branch.algorithm()).isEqualTo(trunk.algorithm());
        assertThat(trunk.hash()).isEqualTo(hash(Hashes.sha256(), CLIENT_HELLO));
        assertThat(branch.hash()).isEqualTo(hash(Hashes.sha256(), CLIENT_HELLO, RETRY));
    }

    @Test
    void theHashForABinderLeavesTheTailOutAndAddsNothing() {
        Transcript transcript = new Transcript(Hashes.sha256());
        transcript.add(RETRY);
        byte[] truncated = {1, 0, 0, 3, 'a'};

        assertThat(transcript.hashWithTruncated(CLIENT_HELLO, 2)).isEqualTo(hash(Hashes.sha256(), RETRY, truncated));
        assertThat(transcript.hash()).isEqualTo(hash(Hashes.sha256(), RETRY));
    }

    private static byte[] hash(HashAlgorithm algorithm, byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(1000);
        for (byte[] part : parts) {
            all.put(part);
        }
        return algorithm.newDigest().digest(Arrays.copyOf(all.array(), all.position()));
    }
}
