package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A client and a server, and somebody between them who knows every secret. */
final class TappedPair {
    private final Map<String, Bytes> secrets = new HashMap<>();
    private final EnginePair pair;

    /** A pair that has not said anything yet; by the default policies it will use TLS_AES_128_GCM_SHA256. */
    TappedPair(TlsClient.Builder client, TlsServer.Builder server) throws TlsException {
        pair = EnginePair.of(client.build(), server.keyLog(this::keep).build());
    }

    /** A pair whose client, with a ticket from an earlier connection, has {@code early} to send early. */
    TappedPair(TlsClient client, TlsServer.Builder server, EarlyData early) throws TlsException {
        TlsServer tapped = server.keyLog(this::keep).build();
        EnginePair.connected(client, tapped);
        pair = EnginePair.of(client.engine("localhost", 443, early), tapped.engine());
        pair.server().leaveEarlyDataUnread();
    }

    /** A pair that has shaken hands; the server gave no tickets, so no record has been protected by the last keys. */
    static TappedPair connected() throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), Ends.server().ticketsPerHandshake(0));
        tapped.pair.shakeHands();
        return tapped;
    }

    EnginePair.End client() {
        return pair.client();
    }

    EnginePair.End server() {
        return pair.server();
    }

    EnginePair.End end(Role role) {
        return role == Role.CLIENT ? pair.client() : pair.server();
    }

    /** Lets the two go on. */
    void shakeHands() throws TlsException {
        pair.shakeHands();
    }

    /** What {@code sender} sends, from its first record under its last keys on, in other hands. */
    ForgedRecords application(Role sender) {
        return records(sender, "TRAFFIC_SECRET_0");
    }

    /** As {@link #application}, under the keys of the handshake. */
    ForgedRecords handshake(Role sender) {
        return records(sender, "HANDSHAKE_TRAFFIC_SECRET");
    }

    /** As {@link #application}, for early data. */
    ForgedRecords early() {
        return records(Role.CLIENT, "EARLY_TRAFFIC_SECRET");
    }

    private ForgedRecords records(Role sender, String secret) {
        return new ForgedRecords(Objects.requireNonNull(secrets.get(sender + "_" + secret)));
    }

    /** Checks that {@code victim} fails by {@code bytes}, and that its peer is told so by {@code alert}. */
    TlsException requireFailure(Role victim, byte[] bytes, Problem problem, AlertDescription alert)
            throws TlsException {
        TlsException failed = requireFailure(end(victim), bytes, problem);
        EnginePair.End other = end(victim == Role.CLIENT ? Role.SERVER : Role.CLIENT);
        other.output();
        byte[] last = end(victim).output();
        TlsException told = catchThrowableOfType(TlsException.class, () -> other.input(last));
        assertThat(told).isInstanceOf(TlsException.PeerAlert.class);
        assertThat(told.diagnosis().fact("code")).isEqualTo(alert.code());
        assertThat(other.output()).as("no alert answers an alert").isEmpty();
        return failed;
    }

    /** Checks that {@code victim} fails by {@code bytes}, and for good. */
    static TlsException requireFailure(EnginePair.End victim, byte[] bytes, Problem problem) {
        TlsException failed = catchThrowableOfType(TlsException.class, () -> victim.input(bytes));
        assertThat(failed).as("it was accepted").isNotNull();
        assertThat(failed.problem()).as(failed.getMessage()).isEqualTo(problem);
        assertThat(victim.engine().failure()).containsSame(failed);
        return failed;
    }

    private void keep(String line) {
        String[] words = line.split(" ", -1);
        secrets.put(words[0], Bytes.fromHex(words[2]));
    }
}
