package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.RecordPassed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The first records of a burst are short, for the first byte's sake. */
class RecordGrowthTest {
    private static final int FULL = 1 << 14;
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong time = new AtomicLong(-5);
    private final RecordGrowth growth = new RecordGrowth(time::get);

    @Test
    void eachRecordIsOneStepLongerUntilItIsFull() {
        assertThat(burst(15))
                .containsExactly(
                        1300, 2600, 3900, 5200, 6500, 7800, 9100, 10_400, 11_700, 13_000, 14_300, 15_600, FULL, FULL,
                        FULL);
    }

    @Test
    void afterASecondOfSilenceItBeginsAnew() {
        burst(15);
        time.addAndGet(SECOND);
        assertThat(burst(1)).containsExactly(FULL);
        time.addAndGet(SECOND + 1);
        assertThat(burst(2)).containsExactly(1300, 2600);
    }

    @Test
    void shortMessagesAreNoBurst() {
        for (int i = 0; i < 100; i++) {
            growth.next(FULL);
            growth.sent(100);
        }
        assertThat(growth.next(FULL)).isEqualTo(1300);
    }

    @Test
    void theLimitOfTheOtherEndStillHolds() {
        assertThat(growth.next(99)).isEqualTo(99);
    }

    @Test
    void oneWriteOfAnEngineBecomesSuchRecords() throws TlsException {
        List<Integer> lengths = new ArrayList<>();
        List<Integer> shortened = new ArrayList<>();
        EnginePair pair = EnginePair.connected(
                Ends.client().build(),
                Ends.server()
                        .records(RecordPolicy.DEFAULT.withGrowing(true))
                        .observer(event -> {
                            if (event instanceof RecordPassed record
                                    && record.flow() == Flow.SENT
                                    && record.type() == ContentType.APPLICATION_DATA) {
                                lengths.add(record.length() - 22);
                            }
                            if (event instanceof ApplicationData data && data.shortened()) {
                                shortened.add(data.length());
                            }
                        })
                        .build());
        pair.client().input(pair.server().seal(new byte[20_000]));

        assertThat(pair.client().receivedBytes()).hasSize(20_000);
        // The buffer of a pair ends the fifth.
        assertThat(lengths).startsWith(1300, 2600, 3900, 5200);
        assertThat(shortened).containsExactly(1300, 2600, 3900, 5200);
    }

    private List<Integer> burst(int records) {
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            int length = growth.next(FULL);
            growth.sent(length);
            lengths.add(length);
        }
        return lengths;
    }
}
