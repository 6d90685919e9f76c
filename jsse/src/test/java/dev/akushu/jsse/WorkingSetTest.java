package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.akushu.jsse.WorkingSet.Member;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who keeps ciphers and buffers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkingSetTest {
    private static final SuiteCrypto SUITE =
            Objects.requireNonNull(Crypto.ownCurves().suite(CipherSuite.TLS_AES_128_GCM_SHA256));

    private final AtomicInteger released = new AtomicInteger();
    // Members do not keep them from being collected.
    private final List<WorkingSet.Resting> connections = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void noMoreThanThereIsRoomForDoNotRest(int most) {
        WorkingSet set = new WorkingSet(most);
        Set<Integer> working = new HashSet<>();
        IntStream.range(0, 3 * most).forEach(number -> connections.add(() -> working.remove(number)));
        List<Member> members = connections.stream().map(Member::new).toList();
        Random random = new Random(1);
        int reached = 0;
        for (int i = 0; i < 1000 * most; i++) {
            int number = random.nextInt(members.size());
            working.add(number);
            set.uses(members.get(number));

            assertThat(working).contains(number).hasSizeLessThanOrEqualTo(most);
            reached = Math.max(reached, working.size());
        }
        assertThat(reached).as("the room is used").isEqualTo(most);
        assertThat(working).allMatch(number -> set.has(members.get(number)));
    }

    @Test
    void whoIsInMakesNobodyRest() {
        WorkingSet set = new WorkingSet(2);
        List<String> rested = new ArrayList<>();
        connections.add(() -> rested.add("again"));
        Member member = new Member(connections.getFirst());
        for (int i = 0; i < 100; i++) {
            set.uses(member);
        }

        assertThat(rested).isEmpty();
    }

    @Test
    void aConnectionThatNobodyHasAnyLongerIsNotKept() {
        WorkingSet set = new WorkingSet(1);
        WeakReference<WorkingSet.Resting> gone = forgotten(set);
        while (gone.get() != null) {
            System.gc();
        }
        set.uses(new Member(() -> {}));
        assertThat(released).hasValue(0);
    }

    private WeakReference<WorkingSet.Resting> forgotten(WorkingSet set) {
        Member member = new Member(new WorkingSet.Resting() {
            @Override
            public void rest() {
                released.incrementAndGet();
            }
        });
        set.uses(member);
        return member;
    }

    /** Two ciphers, one for each direction; a server beside it has those of the JVM's own configuration. */
    @Test
    void anEngineLetsGoOfItsCiphersWhenOthersHaveCome() throws Exception {
        EngineTalk talk = talk();
        others();
        assertThat(released).hasValue(2);

        send(talk.client(), talk.server(), "after a rest");
        talk.settle();
        others();
        assertThat(released).hasValue(4);
        send(talk.server(), talk.client(), "after another");
        talk.settle();
        others();
        assertThat(released).hasValue(6);
        assertThat(talk.server().received()).asString(StandardCharsets.US_ASCII).isEqualTo("after a rest");
        assertThat(talk.client().received()).asString(StandardCharsets.US_ASCII).isEqualTo("after another");
    }

    /** Its own call must find what it works with, and whoever makes it rest must not wait for it. */
    @Test
    void anEngineInUseRestsWhenItsCallHasEnded() throws Exception {
        EngineTalk talk = talk();
        AkushuEngine engine = (AkushuEngine) talk.client().engine();
        engine.lock().lock();
        try {
            engine.rest();
            Thread other = Thread.ofPlatform().start(engine::rest);
            other.join();
            assertThat(released).hasValue(0);
        } finally {
            engine.lock().unlock();
        }
        engine.unwrap(ByteBuffer.allocate(0), ByteBuffer.allocate(0));
        assertThat(released).hasValue(2);
    }

    @Test
    void anEngineThatHasEndedOrNotBegunHasNothingToLetGoOf() throws Exception {
        AkushuEngine idle = (AkushuEngine) Contexts.akushu().createSSLEngine();
        idle.rest();
        assertThat(idle.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);

        EngineTalk talk = talk();
        AkushuEngine ended = (AkushuEngine) talk.client().engine();
        ended.closeOutbound();
        talk.settle();
        talk.server().engine().closeOutbound();
        talk.settle();
        assertThat(ended.isInboundDone()).isTrue();
        assertThatCode(Objects.requireNonNull(ended.endpoint()).engine()::releaseBuffers)
                .doesNotThrowAnyException();
    }

    private EngineTalk talk() throws Exception {
        Crypto crypto = Crypto.ownCurves()
                .with(new SuiteCrypto(SUITE.suite(), new Counted(SUITE.aead(), released), SUITE.hash()));
        TlsClient client = TlsClient.builder(Contexts.trust()).crypto(crypto).build();
        EngineTalk talk = new EngineTalk(
                        AkushuContext.of(client).createSSLEngine("localhost", 443),
                        Contexts.akushu().createSSLEngine())
                .handshake();
        // By chance its server may have pushed it out, before the tickets came.
        released.set(0);
        return talk;
    }

    private static void send(EngineTalk.End from, EngineTalk.End to, String data) throws Exception {
        from.wrap(to, ByteBuffer.wrap(data.getBytes(StandardCharsets.US_ASCII)));
    }

    /** So many that each place has been taken by one. */
    private static void others() {
        for (int i = 0; i < 20 * WorkingSet.MOST; i++) {
            AkushuEngine.WORKING.uses(new Member(() -> {}));
        }
    }

    /** Counts how often a cipher was let go of. */
    private record Counted(AeadAlgorithm real, AtomicInteger released) implements AeadAlgorithm {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public int keyLength() {
            return real.keyLength();
        }

        @Override
        public long recordLimit() {
            return real.recordLimit();
        }

        @Override
        public Aead withKey(byte[] key) {
            Aead cipher = real.withKey(key);
            return new Aead() {
                @Override
                public int seal(
                        byte[] nonce,
                        byte[] aad,
                        int aadLength,
                        byte[] first,
                        int firstOffset,
                        int firstLength,
                        byte[] last,
                        int lastOffset,
                        int lastLength,
                        byte[] out,
                        int outOffset) {
                    return cipher.seal(
                            nonce,
                            aad,
                            aadLength,
                            first,
                            firstOffset,
                            firstLength,
                            last,
                            lastOffset,
                            lastLength,
                            out,
                            outOffset);
                }

                @Override
                public int open(
                        byte[] nonce,
                        byte[] aad,
                        int aadLength,
                        byte[] in,
                        int offset,
                        int length,
                        byte[] out,
                        int outOffset) {
                    return cipher.open(nonce, aad, aadLength, in, offset, length, out, outOffset);
                }

                @Override
                public void rekey(byte[] newKey) {
                    cipher.rekey(newKey);
                }

                @Override
                public void release() {
                    released.incrementAndGet();
                    cipher.release();
                }

                @Override
                public void destroy() {
                    cipher.destroy();
                }
            };
        }
    }
}
