package dev.akushu.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines of Akushu and of the JDK with each other, in both roles, with buffers of every size. */
class EngineInteropTest {
    private static SSLContext context(String provider) throws Exception {
        return provider.equals("Akushu") ? Contexts.akushu() : Contexts.sun();
    }

    @ParameterizedTest
    @CsvSource({"Akushu,Akushu", "Akushu,SunJSSE", "SunJSSE,Akushu"})
    void shakesHandsAndPassesData(String clientOf, String serverOf) throws Exception {
        EngineTalk talk = new EngineTalk(
                        context(clientOf).createSSLEngine("localhost", 443),
                        context(serverOf).createSSLEngine())
                .handshake();
        talk.client().send(talk.server(), "hello".getBytes(US_ASCII));
        talk.server().send(talk.client(), "world".getBytes(US_ASCII));
        talk.settle();
        assertThat(talk.server().received()).asString().isEqualTo("hello");
        assertThat(talk.client().received()).asString().isEqualTo("world");
    }

    @ParameterizedTest
    @CsvSource({"Akushu,Akushu", "Akushu,SunJSSE", "SunJSSE,Akushu"})
    void worksWithBuffersOfAnySize(String clientOf, String serverOf) throws Exception {
        SSLContext client = context(clientOf);
        SSLContext server = context(serverOf);
        long seeds = new Random().nextLong();
        for (long seed = seeds; seed < seeds + 25; seed++) {
            try {
                exchange(client.createSSLEngine("localhost", 443), server.createSSLEngine(), new Random(seed));
            } catch (Exception | AssertionError failed) {
                throw new AssertionError("with seed " + seed, failed);
            }
        }
    }

    private static void exchange(SSLEngine client, SSLEngine server, RandomGenerator random) throws Exception {
        EngineTalk talk = new EngineTalk(client, server, random).handshake();
        byte[] request = new byte[random.nextInt(70_000)];
        byte[] response = new byte[random.nextInt(70_000)];
        random.nextBytes(request);
        random.nextBytes(response);
        ByteBuffer asked = ByteBuffer.wrap(request);
        ByteBuffer answered = ByteBuffer.wrap(response);
        while (asked.hasRemaining() || answered.hasRemaining()) {
            talk.client().wrap(talk.server(), pieces(asked, random));
            talk.server().wrap(talk.client(), pieces(answered, random));
            talk.client().unwrap();
            talk.server().unwrap();
        }
        talk.settle();
        assertThat(talk.server().received()).isEqualTo(request);
        assertThat(talk.client().received()).isEqualTo(response);
    }

    /** What is left as several sources: now and then an empty or a read-only one is before it. */
    private static ByteBuffer[] pieces(ByteBuffer from, RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> new ByteBuffer[] {from};
            case 1 -> new ByteBuffer[] {ByteBuffer.allocate(0), from};
            default -> new ByteBuffer[] {ByteBuffer.allocateDirect(0).asReadOnlyBuffer(), from, ByteBuffer.allocate(0)};
        };
    }
}
