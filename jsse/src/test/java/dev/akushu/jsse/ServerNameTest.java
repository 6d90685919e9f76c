package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.akushu.tls.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** Names that clients ask for and that the JDK's SNIHostName does not take. */
class ServerNameTest {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Lets {@code server} read a ClientHello that asks for {@code name}, in the place of one of the same length. */
    private static void hear(SSLEngine server, String name) throws Exception {
        SSLEngine client = Contexts.akushu().createSSLEngine("xa.example", 443);
        client.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(AkushuEngine.PACKET_SIZE);
        client.wrap(NOTHING, hello);
        String text = new String(hello.array(), 0, hello.position(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("xa.example");
        server.setUseClientMode(false);
        server.unwrap(ByteBuffer.wrap(text.replace("xa.example", name).getBytes(StandardCharsets.ISO_8859_1)), NOTHING);
        for (Runnable task = server.getDelegatedTask(); task != null; task = server.getDelegatedTask()) {
            task.run();
        }
    }

    @Test
    void aServerWithoutMatchersServesThem() throws Exception {
        for (String name : List.of("x_.example", "-a.example", "*a.example", "xa..xample")) {
            SSLEngine server = Contexts.akushu().createSSLEngine();
            hear(server, name);
            assertThat(server.wrap(NOTHING, ByteBuffer.allocate(AkushuEngine.PACKET_SIZE))
                            .bytesProduced())
                    .as(name)
                    .isPositive();
            ExtendedSSLSession session = (ExtendedSSLSession) server.getHandshakeSession();
            assertThat(session.getRequestedServerNames()).as(name).isEmpty();
        }
    }

    @Test
    void noMatcherMatchesThem() throws Exception {
        for (String name : List.of("x_.example", "-a.example", "*a.example", "xa..xample")) {
            SSLEngine server = Contexts.akushu().createSSLEngine();
            SSLParameters parameters = server.getSSLParameters();
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(".*")));
            server.setSSLParameters(parameters);
            hear(server, name);
            assertThatThrownBy(() -> server.wrap(NOTHING, ByteBuffer.allocate(AkushuEngine.PACKET_SIZE)))
                    .as(name)
                    .isInstanceOf(SSLHandshakeException.class)
                    .asInstanceOf(type(Diagnosed.class))
                    .satisfies(
                            failed -> assertThat(failed.diagnosis().problem()).isEqualTo(Problem.UNRECOGNIZED_NAME));
        }
    }
}
