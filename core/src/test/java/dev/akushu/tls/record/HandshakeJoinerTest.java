package dev.akushu.tls.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeJoinerTest {
    @Property(tries = 500)
    void anySplitOfTheMessagesGivesTheSameMessages(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 300) Integer> lengths,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 500) Integer> fragments)
            throws TlsException {
        List<Bytes> messages = new ArrayList<>();
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < lengths.size(); i++) {
            messages.add(message(i, lengths.get(i)));
            stream.append(messages.getLast().hex());
        }

        assertThat(join(Records.hex(stream.toString()), fragments)).isEqualTo(messages);
    }

    @Test
    void everyByteAloneGivesTheSameMessages() throws TlsException {
        Bytes first = message(1, 700);
        Bytes second = message(2, 0);

        assertThat(join(Records.hex(first.hex() + second.hex()), List.of(1))).containsExactly(first, second);
    }

    @Test
    void isAlignedOnlyWhenNothingIsLeftOver() throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        byte[] stream = Records.hex(message(1, 2).hex() + message(2, 2).hex());
        assertThat(joiner.isAligned()).isTrue();

        joiner.add(stream, 0, 8);
        assertThat(joiner.isAligned()).isFalse();
        assertThat(joiner.next()).isNotNull();
        // Two bytes of the next message: a change of keys would fall into it.
        assertThat(joiner.isAligned()).isFalse();
        assertThat(joiner.next()).isNull();
        joiner.add(stream, 8, stream.length - 8);
        assertThat(joiner.next()).isNotNull();

        assertThat(joiner.isAligned()).isTrue();
        assertThat(joiner.next()).isNull();
    }

    @Test
    void aWholeMessageThatWasNotTakenIsLeftOverToo() throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        byte[] stream = Records.hex(message(1, 2).hex() + message(2, 2).hex());

        joiner.add(stream, 0, stream.length);
        joiner.next();

        assertThat(joiner.isAligned()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 65536, ClientHello", "11, 131072, Certificate", "99, 131072, handshake type 99"})
    void refusesTooLongAMessageAsSoonAsItIsAnnounced(int type, int limit, String name) throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        byte[] allowed = header(type, limit);
        joiner.add(allowed, 0, allowed.length);
        assertThat(joiner.next()).isNull();

        HandshakeJoiner refusing = new HandshakeJoiner();
        byte[] tooLong = header(type, limit + 1);
        refusing.add(tooLong, 0, 3);
        Diagnosis diagnosis = Records.diagnosis(() -> refusing.add(tooLong, 3, 1));

        assertThat(diagnosis.problem()).isEqualTo(Problem.HANDSHAKE_MESSAGE_TOO_LONG);
        assertThat(diagnosis.facts()).containsExactly(name, limit + 1, limit);
    }

    @Test
    void refusesTooLongAMessageBehindAnother() throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        byte[] stream = Records.hex(message(8, 2).hex() + "01010001");
        joiner.add(stream, 0, stream.length);

        assertThat(joiner.next()).isNotNull();
        assertThat(Records.diagnosis(joiner::next).facts()).containsExactly("ClientHello", 65537, 65536);
    }

    @Test
    void takesAMessageOfExactlyTheLimit() throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        byte[] longest = Arrays.copyOf(header(1, RecordLimits.CLIENT_HELLO), 4 + RecordLimits.CLIENT_HELLO);

        joiner.add(longest, 0, longest.length);

        assertThat(joiner.next()).isEqualTo(longest);
    }

    @Test
    void tellsTheTypeOfAMessageThatHasBegun() throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        assertThat(joiner.begun()).isEqualTo(-1);

        joiner.add(new byte[] {(byte) 254}, 0, 1);
        assertThat(joiner.begun()).isEqualTo(254);

        joiner.add(new byte[3], 0, 3);
        assertThat(joiner.next()).isNotNull();
        assertThat(joiner.begun()).isEqualTo(-1);
    }

    @Test
    void refusesAnEmptyFragment() {
        assertThat(Records.diagnosis(() -> new HandshakeJoiner().add(new byte[0], 0, 0))
                        .problem())
                .isEqualTo(Problem.EMPTY_RECORD);
    }

    @Test
    void theFragmentStaysTheCallers() throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        byte[] fragment = message(1, 2).toArray();

        joiner.add(fragment, 0, fragment.length);
        fragment[5] = 99;

        assertThat(joiner.next()).isEqualTo(message(1, 2).toArray());
    }

    private static List<Bytes> join(byte[] stream, List<Integer> fragments) throws TlsException {
        HandshakeJoiner joiner = new HandshakeJoiner();
        List<Bytes> joined = new ArrayList<>();
        for (int at = 0, turn = 0; at < stream.length; turn++) {
            int length = Math.min(fragments.get(turn % fragments.size()), stream.length - at);
            joiner.add(stream, at, length);
            at += length;
            for (byte[] message = joiner.next(); message != null; message = joiner.next()) {
                joined.add(Bytes.wrap(message));
            }
        }
        assertThat(joiner.isAligned()).isTrue();
        return joined;
    }

    private static byte[] header(int type, int length) {
        return new byte[] {(byte) type, (byte) (length >>> 16), (byte) (length >>> 8), (byte) length};
    }

    private static Bytes message(int type, int length) {
        byte[] message = new byte[4 + length];
        message[0] = (byte) type;
        message[2] = (byte) (length >>> 8);
        message[3] = (byte) length;
        for (int i = 4; i < message.length; i++) {
            message[i] = (byte) (type + i);
        }
        return Bytes.wrap(message);
    }
}
