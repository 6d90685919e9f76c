package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.jsse.WorkingSet.Member;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who keeps ciphers and buffers. */
@Timeout(60)
class WorkingSetTest {
    private final List<Integer> rested = new ArrayList<>();
    private final List<WorkingSet.Resting> connections =
            IntStream.range(0, 6).mapToObj(this::connection).toList();
    private final List<Member> members = connections.stream().map(Member::new).toList();
    private final WorkingSet set = new WorkingSet(3);

    private WorkingSet.Resting connection(int number) {
        return () -> rested.add(number);
    }

    private void use(int... numbers) {
        for (int number : numbers) {
            set.uses(members.get(number));
        }
    }

    @Test
    void asManyAsThereIsRoomForDoNotRest() {
        use(0, 1, 2, 0, 2, 1, 0);

        assertThat(rested).isEmpty();
    }

    @Test
    void whoComesInMakesTheOneRestThatCameInFirst() {
        use(0, 1, 2, 3, 4);
        assertThat(rested).containsExactly(0, 1);

        use(2, 3, 4);
        assertThat(rested).as("still there").containsExactly(0, 1);

        use(0, 5);
        assertThat(rested).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whoHasRestedComesInAgain() {
        use(0, 1, 2, 3, 0);

        assertThat(rested).containsExactly(0, 1);
        use(0, 2, 3);
        assertThat(rested).containsExactly(0, 1);
    }

    @Test
    void aConnectionThatNobodyHasAnyLongerIsNotKept() throws InterruptedException {
        WeakReference<WorkingSet.Resting> gone = forgotten();
        while (gone.get() != null) {
            System.gc();
            Thread.sleep(10);
        }
        use(0, 1, 2);

        assertThat(rested).isEmpty();
    }

    private WeakReference<WorkingSet.Resting> forgotten() {
        Member member = new Member(new WorkingSet.Resting() {
            @Override
            public void rest() {
                rested.add(-1);
            }
        });
        set.uses(member);
        return member;
    }

    @Test
    void connectionsGoOnAfterTheyHaveRested() throws Exception {
        AkushuEngine client = (AkushuEngine) Contexts.akushu().createSSLEngine("localhost", 443);
        AkushuEngine server = (AkushuEngine) Contexts.akushu().createSSLEngine();
        EngineTalk talk = new EngineTalk(client, server).handshake();
        byte[] data = "after a rest".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 3; i++) {
            client.rest();
            server.rest();
            client.rest();
            talk.client().wrap(talk.server(), ByteBuffer.wrap(data));
            client.rest();
            talk.settle();
        }

        assertThat(talk.server().received()).asString(StandardCharsets.US_ASCII).isEqualTo("after a rest".repeat(3));
    }

    /** One that works in a call of its own is left alone: whoever makes it rest must not wait for it. */
    @Test
    void aConnectionInUseIsNotWaitedFor() throws Exception {
        AkushuEngine engine = (AkushuEngine) Contexts.akushu().createSSLEngine();
        engine.lock().lock();
        try {
            Thread other = Thread.ofPlatform().start(engine::rest);
            other.join();
        } finally {
            engine.lock().unlock();
        }
    }
}
