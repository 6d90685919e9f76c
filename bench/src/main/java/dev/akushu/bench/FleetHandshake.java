package dev.akushu.bench;

import dev.akushu.bench.stack.ServerMaker;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.TlsEnd;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.UnaryOperator;

/** TLS 1.3 between two engines of ours, both driven by one thread: ECDSA on P-256, a chain of two below a root. */
final class FleetHandshake {
    private static final int EARLY_DATA = 100;

    private final TlsServer server;
    private final TlsClient client;
    private final TicketStore tickets = TicketStore.inMemory(100);
    private final ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);

    /** @param keys gives the server its Ticket Keys and its replay guard */
    FleetHandshake(UnaryOperator<TlsServer.Builder> keys) throws GeneralSecurityException, IOException {
        Servers servers = ServerMaker.create(1);
        Servers.Server own = servers.all().getFirst();
        Identity identity = Identity.of(own.chain(), own.key(), Crypto.ownCurves());
        server = keys.apply(TlsServer.builder(identity).earlyData(EARLY_DATA)).build();
        client = TlsClient.builder(Trust.anchors(List.of(servers.root()), "the benchmark"))
                .tickets(tickets)
                .build();
    }

    /** Without a ticket. */
    void full() throws TlsException {
        tickets.clear();
        require(!shakeHands(client.engine(Servers.HOST, 443)).resumed(), "it was resumed");
    }

    /** By the ticket of the one before. */
    void resumed() throws TlsException {
        require(shakeHands(client.engine(Servers.HOST, 443)).resumed(), "it was not resumed");
    }

    /** The same with early data; whether the server took it. */
    boolean early() throws TlsException {
        TlsEngine engine = client.engine(Servers.HOST, 443, EarlyData.of(new byte[EARLY_DATA]));
        require(shakeHands(engine).resumed(), "it was not resumed");
        return engine.earlyData().orElseThrow() == EarlyDataOutcome.ACCEPTED;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private TlsSession shakeHands(TlsEngine ofClient) throws TlsException {
        TlsEngine ofServer = server.engine();
        toServer.clear();
        toClient.clear();
        TlsEnd clientEnd = new TlsEnd(ofClient);
        TlsEnd serverEnd = new TlsEnd(ofServer);
        boolean isBusy = true;
        while (isBusy) {
            isBusy = clientEnd.turn(toClient, toServer, application);
            isBusy |= serverEnd.turn(toServer, toClient, application);
        }
        return ofServer.session().orElseThrow();
    }
}
