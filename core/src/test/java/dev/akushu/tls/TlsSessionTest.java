package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsSessionTest {
    private static final Instant THEN = Instant.parse("2026-12-01T12:00:00Z");

    private static TlsSession session(NotResumed notResumed, List<Bytes> chain) {
        return new TlsSession(
                Role.CLIENT,
                CipherSuite.TLS_AES_128_GCM_SHA256,
                NamedGroup.X25519,
                SignatureScheme.ED25519,
                false,
                notResumed,
                null,
                "example.org",
                chain,
                List.of(),
                THEN);
    }

    @Test
    void textHasTheFactsThatThereAreAndNoOthers() {
        assertThat(session(NotResumed.NO_TICKET, List.of(Bytes.ofAscii("leaf"), Bytes.ofAscii("root"))))
                .hasToString("TlsSession[CLIENT, TLS_AES_128_GCM_SHA256, group x25519, not resumed: NO_TICKET,"
                        + " signatureScheme ed25519, serverName example.org, peerCertificates 2,"
                        + " authenticatedAt 2026-12-01T12:00:00Z]");
    }

    @Test
    void textSaysThatASessionWasResumed() {
        assertThat(session(null, List.of()).toString()).contains(", resumed, ").doesNotContain("null");
    }

    @Test
    void textHasWhatIsSeldomThereButNotWhatTheApplicationPutIntoATicket() {
        TlsSession session = new TlsSession(
                Role.SERVER,
                CipherSuite.TLS_AES_256_GCM_SHA384,
                null,
                null,
                true,
                null,
                "h2",
                null,
                List.of(),
                List.of(Bytes.ofAscii("own")),
                Bytes.fromHex("0a"),
                Bytes.fromHex("0b"),
                THEN,
                Bytes.fromHex("c0ffee"),
                new EarlyDataReport(EarlyDataOutcome.ACCEPTED, 7, false));

        assertThat(session.toString())
                .startsWith("TlsSession[SERVER, TLS_AES_256_GCM_SHA384, resumed, retried, applicationProtocol h2, ")
                .contains("localCertificates 1", "externalPsk ", "rawPublicKey ", "ticketData 3 bytes", "ACCEPTED")
                .doesNotContain("c0ffee", "null", "group", "serverName");
    }
}
