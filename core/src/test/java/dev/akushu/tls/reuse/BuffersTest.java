package dev.akushu.tls.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BuffersTest {
    @Test
    void hasRoomForWhatIsAsked() {
        for (int length : new int[] {0, 1, 512, 513, 5_000, 70_000}) {
            assertThat(Buffers.take(length).length).isGreaterThanOrEqualTo(length);
        }
    }

    @Test
    void givesWhatCameBackToTheNextAndWipesItBefore() {
        byte[] buffer = Buffers.take(100);
        Arrays.fill(buffer, (byte) 7);
        Buffers.giveBack(buffer);

        byte[] next = Buffers.take(100);

        assertThat(next).isSameAs(buffer).containsOnly(0);
    }

    @Test
    void growsByCopyingAndTakesBackWhatWasTooShort() {
        byte[] buffer = Buffers.take(512);
        buffer[0] = 7;
        int most = buffer.length;
        assertThat(Buffers.grow(buffer, 1, most - 1)).isSameAs(buffer);

        byte[] larger = Buffers.grow(buffer, 1, most);

        assertThat(larger.length).isGreaterThan(most);
        assertThat(larger[0]).isEqualTo((byte) 7);
        assertThat(buffer).containsOnly(0);
    }

    @Test
    void keepsNoLongArray() {
        byte[] rare = Buffers.take(70_000);
        Buffers.giveBack(rare);

        assertThat(Buffers.take(70_000)).isNotSameAs(rare);
    }
}
