package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.ServerName;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of the name of whom it is to reach. RFC 6066 section 3. */
class NameToReachTest {
    private static final String LONGEST = "a.".repeat(126) + "a";

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost",
        "localhost., localhost",
        "Host-1.EXAMPLE, Host-1.EXAMPLE",
        "a.b.c.d.e.f.g.h.i.j.k.l.example, a.b.c.d.e.f.g.h.i.j.k.l.example",
        "Bücher.example, xn--bcher-kva.example",
        "a_b.example, a_b.example"
    })
    void aNameIsAskedForInAsciiWithoutADotAtItsEnd(String name, String asked) throws TlsException {
        assertThat(serverName(name)).isEqualTo(new ServerName(Bytes.ofAscii(asked)));
    }

    @Test
    void aNameHasUpTo253Characters() throws TlsException {
        assertThat(serverName(LONGEST)).isEqualTo(new ServerName(Bytes.ofAscii(LONGEST)));
        assertThat(serverName(LONGEST + ".")).isEqualTo(new ServerName(Bytes.ofAscii(LONGEST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1"})
    void anAddressIsNoName(String address) throws TlsException {
        assertThat(hello(address).extensions().find(ServerName.class)).isNull();
    }

    @Test
    void whatCannotBeANameIsAnUnknownHost() {
        for (String name : new String[] {"", ".", "a".repeat(64) + ".example", LONGEST + "b", "a..example"}) {
            TlsException failed = catchThrowableOfType(TlsException.class, () -> hello(name));
            assertThat(failed).as("\"%s\"", name).isNotNull().returns(Problem.UNKNOWN_HOST, TlsException::problem);
        }
    }

    private static ServerName serverName(String name) throws TlsException {
        return Objects.requireNonNull(hello(name).extensions().find(ServerName.class));
    }

    private static ClientHello hello(String name) throws TlsException {
        byte[] record = new EnginePair.End(Ends.client().build().engine(name, 443)).output();
        byte[] message = Arrays.copyOfRange(record, 5, record.length);
        return (ClientHello) HandshakeCodec.decode(message, 0, message.length);
    }
}
