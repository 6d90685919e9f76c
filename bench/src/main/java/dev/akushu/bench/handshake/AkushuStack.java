package dev.akushu.bench.handshake;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Identity;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Work;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ours, through {@link TlsEngine}. */
final class AkushuStack implements Stack {
    private static final int PORT = 443;

    private final String name;
    private final Crypto crypto;

    AkushuStack(String name, Crypto crypto) {
        this.name = name;
        this.crypto = crypto;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shaker open(Scenario scenario, Servers servers, X509Certificate trusted) throws TlsException {
        Policy policy = Policy.MODERN_2026_11
                .withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256))
                .withGroups(List.of(NamedGroup.of(scenario.group())));
        List<TlsServer> all = new ArrayList<>();
        for (Servers.Server server : servers.all()) {
            all.add(TlsServer.builder(Identity.of(server.chain(), server.key(), crypto))
                    .crypto(crypto)
                    .policy(policy)
                    .ticketsPerHandshake(1)
                    .build());
        }
        TicketStore tickets = TicketStore.inMemory(1);
        TlsClient client = TlsClient.builder(Trust.anchors(List.of(trusted), "the benchmark"))
                .crypto(crypto)
                .policy(policy)
                .tickets(tickets)
                .build();
        return new Run(scenario, client, tickets, all);
    }

    private static final class Run implements Shaker {
        private final Scenario scenario;
        private final TlsClient client;
        private final TicketStore tickets;
        private final List<TlsServer> servers;
        private final ByteBuffer toServer = ByteBuffer.allocate(Wire.ROOM);
        private final ByteBuffer toClient = ByteBuffer.allocate(Wire.ROOM);
        private final ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        private final ByteBuffer nothing = ByteBuffer.allocate(0);
        private final ByteBuffer data = ByteBuffer.allocate(Wire.DATA);
        private int next;
        private @Nullable ServerHello hello;

        Run(Scenario scenario, TlsClient client, TicketStore tickets, List<TlsServer> servers) {
            this.scenario = scenario;
            this.client = client;
            this.tickets = tickets;
            this.servers = servers;
        }

        @Override
        public void run() throws IOException {
            next = (next + 1) % servers.size();
            if (!scenario.isResumed()) {
                tickets.clear();
            }
            TlsEngine ofClient = client.engine(Servers.HOST, PORT);
            TlsEngine ofServer = servers.get(next).engine();
            toServer.clear();
            toClient.clear();
            hello = null;
            boolean isBusy = true;
            while (isBusy) {
                isBusy = turn(ofClient, toClient, toServer);
                isBusy |= turn(ofServer, toServer, toClient);
                if (hello == null && toClient.position() > 0) {
                    hello = ServerHello.read(toClient);
                }
            }
            if (ofClient.session().isEmpty() || ofServer.session().isEmpty()) {
                throw new IOException("the handshake did not end");
            }
            send(ofClient, toServer, ofServer);
            send(ofServer, toClient, ofClient);
            ofClient.closeOutput();
            ofServer.closeOutput();
            turn(ofClient, toClient, toServer);
            turn(ofServer, toServer, toClient);
            turn(ofClient, toClient, toServer);
            Objects.requireNonNull(hello).require(scenario);
        }

        private void send(TlsEngine from, ByteBuffer wire, TlsEngine to) throws TlsException {
            from.send(data.clear(), wire);
            wire.flip();
            application.clear();
            to.receive(wire, application);
            wire.compact();
            Wire.requireAll(application);
        }

        /** Goes on until the engine has to wait for the other; whether it had anything to do. */
        private boolean turn(TlsEngine engine, ByteBuffer in, ByteBuffer out) throws TlsException {
            boolean isBusy = false;
            in.flip();
            while (true) {
                while (engine.hasOutput()) {
                    engine.send(nothing, out);
                    isBusy = true;
                }
                switch (engine.receive(in, application.clear())) {
                    case NEED_WORK -> {
                        engine.work().ifPresent(Work::run);
                        engine.resume();
                    }
                    case NEED_INPUT, NEED_SPACE, CLOSED -> {
                        in.compact();
                        return isBusy;
                    }
                    case OK -> {}
                }
                isBusy = true;
            }
        }
    }
}
