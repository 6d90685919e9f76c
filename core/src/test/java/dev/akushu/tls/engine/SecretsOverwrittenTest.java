package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.Role;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever secret of the key schedule an end held at any step is overwritten once the connection is over, wherever it
 * broke off: also those that nothing leads to any more.
 */
class SecretsOverwrittenTest {
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp", new byte[32]);
    private static final ExternalPsk DOOR = ExternalPsk.of("door", new byte[32]);
    private static final ReplayGuard FRESH = hello -> CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH);
    private static final Policy RETRIED = Policy.MODERN_2026_11
            .withGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1))
            .withKeyShares(List.of(NamedGroup.X25519));

    /** Which connections break off. */
    enum Kind {
        FULL,
        RESUMED(true),
        RETRIED(true),
        EARLY(true),
        EARLY_REFUSED(true),
        EXTERNAL_KEYS,
        CLIENT_CERTIFICATE,
        /** Then it breaks off between almost any two messages, too. */
        CLIENT_CERTIFICATE_IN_SMALL_RECORDS,
        LATE_CLIENT_CERTIFICATE;

        private final boolean afterAnother;

        Kind() {
            this(false);
        }

        Kind(boolean afterAnother) {
            this.afterAnother = afterAnother;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereverAConnectionBreaksOff(Kind kind) throws TlsException {
        // Signatures and GREASE differ in length, so that one connection has a small record more than another.
        int cut = 0;
        int given;
        do {
            Connection broken = new Connection(kind);
            given = 0;
            while (given < cut && broken.goOn()) {
                given++;
            }
            broken.end();
            assertThat(Remains.notOverwritten(broken.held))
                    .as("after %d records", given)
                    .isEmpty();
        } while (given == cut++);
        assertThat(given).isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource
    void whenItIsClosedInOrder(Kind kind) throws TlsException {
        Connection connection = new Connection(kind);
        while (connection.goOn()) {}
        connection.pair.client().engine().closeOutput();
        connection.pair.server().engine().closeOutput();
        while (connection.goOn()) {}
        assertThat(connection.held).isNotEmpty();
        assertThat(Remains.notOverwritten(connection.held)).isEmpty();
    }

    /** Two ends that are given a record at a time, and all secrets that they were seen with. */
    private static final class Connection {
        private final IdentityHashMap<Object, String> held = new IdentityHashMap<>();
        private final EnginePair pair;
        private byte[] toClient = {};
        private byte[] toServer = {};
        private boolean isAsked;

        Connection(Kind kind) throws TlsException {
            TlsClient.Builder client = Ends.client().policy(kind == Kind.RETRIED ? RETRIED : Ends.QUICK);
            TlsServer.Builder server = Ends.server().policy(kind == Kind.RETRIED ? RETRIED : Ends.QUICK);
            server.ticketKeys(TicketKeys.rotating()).replayGuard(FRESH);
            isAsked = kind != Kind.LATE_CLIENT_CERTIFICATE;
            switch (kind) {
                case EARLY, EARLY_REFUSED, RETRIED -> server.earlyData(100);
                case EXTERNAL_KEYS -> {
                    client.externalPsks(LAMP, DOOR);
                    server.externalPsks(PskSource.of(List.of(DOOR)));
                }
                case CLIENT_CERTIFICATE, CLIENT_CERTIFICATE_IN_SMALL_RECORDS -> {
                    client.identity(Ends.LEAF.identity());
                    server.clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust());
                }
                case LATE_CLIENT_CERTIFICATE -> {
                    client.identity(Ends.LEAF.identity()).postHandshakeAuthentication(true);
                    server.clientAuthentication(ClientAuthentication.NONE, Ends.PKI.trust());
                }
                case FULL, RESUMED -> {}
            }
            if (kind == Kind.CLIENT_CERTIFICATE_IN_SMALL_RECORDS) {
                client.records(RecordPolicy.DEFAULT.withSizeLimit(64));
                server.records(RecordPolicy.DEFAULT.withSizeLimit(64));
            }
            if (kind.afterAnother) {
                EnginePair.connected(client.build(), server.build());
            }
            switch (kind) {
                case EARLY_REFUSED -> server.earlyData(0);
                case RETRIED -> server.policy(RETRIED.withGroups(List.of(NamedGroup.SECP256R1)));
                default -> {}
            }
            boolean early = kind == Kind.EARLY || kind == Kind.EARLY_REFUSED || kind == Kind.RETRIED;
            pair = EnginePair.of(
                    early
                            ? client.build().engine("localhost", 443, EarlyData.of(new byte[20]))
                            : client.build().engine("localhost", 443),
                    server.build().engine());
            hold();
        }

        /** Whether there was a record more that went to the other end. */
        boolean goOn() throws TlsException {
            toServer = join(toServer, pair.client().output());
            toClient = join(toClient, pair.server().output());
            hold();
            if (toServer.length > 0) {
                toServer = giveOne(pair.server(), toServer);
            } else if (toClient.length > 0) {
                toClient = giveOne(pair.client(), toClient);
            } else if (!isAsked) {
                isAsked = true;
                pair.server().engine().requestClientCertificate();
            } else {
                return false;
            }
            hold();
            return true;
        }

        /** Both streams end. */
        void end() throws TlsException {
            for (EnginePair.End end : List.of(pair.client(), pair.server())) {
                try {
                    end.engine().endOfInput();
                } catch (TlsException truncated) {
                    assertThat(end.engine().failure()).contains(truncated);
                }
                end.output();
            }
        }

        private void hold() {
            for (Role role : Role.values()) {
                Remains.hold((role == Role.CLIENT ? pair.client() : pair.server()).engine(), held);
            }
        }

        private static byte[] giveOne(EnginePair.End to, byte[] records) throws TlsException {
            int length = 5 + ((records[3] & 0xff) << 8 | records[4] & 0xff);
            to.input(Arrays.copyOf(records, length));
            return Arrays.copyOfRange(records, length, records.length);
        }

        private static byte[] join(byte[] first, byte[] second) {
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }
}
