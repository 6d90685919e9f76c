package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

/** Asks Sentinels, one after another, where the master is. User and password are the store's: a Sentinel hears of them only if it asks. */
final class Sentinels {
    private final StoreAddress address;
    private final Duration limit;
    private final Connector connector;

    /** Makes a connection to one Sentinel. */
    @FunctionalInterface
    interface Connector {
        StatefulRedisSentinelConnection<String, String> connect(RedisURI sentinel) throws IOException;
    }

    /** @param limit how long an answer may take */
    Sentinels(StoreAddress address, Duration limit, Connector connector) {
        this.address = address;
        this.limit = limit;
        this.connector = connector;
    }

    /**
     * The master, reached as the address says.
     *
     * @throws IOException what the last Sentinel failed by, if none knows
     */
    RedisURI master() throws IOException {
        IOException last = Problem.STORE_MASTER_UNKNOWN.with(address.shown(), address.master());
        for (RedisURI sentinel : address.uri().getSentinels()) {
            try {
                return ask(sentinel);
            } catch (IOException failed) {
                last = failed;
            }
        }
        throw last;
    }

    private RedisURI ask(RedisURI sentinel) throws IOException {
        StatefulRedisSentinelConnection<String, String> connection = connect(sentinel);
        try {
            SocketAddress master =
                    Awaiting.answer(connection.async().getMasterAddrByName(address.master()), limit, address.shown());
            if (master instanceof InetSocketAddress known) {
                return address.at(known.getHostString(), known.getPort());
            }
            throw Problem.STORE_MASTER_UNKNOWN.with(address.shown(), address.master());
        } finally {
            var _ = connection.closeAsync();
        }
    }

    private StatefulRedisSentinelConnection<String, String> connect(RedisURI sentinel) throws IOException {
        try {
            return connector.connect(sentinel);
        } catch (IOException failed) {
            if (!StoreFault.isWishToKnowWho(failed)) {
                throw failed;
            }
            RedisURI named = RedisURI.builder(sentinel).build();
            named.setCredentialsProvider(address.uri().getCredentialsProvider());
            return connector.connect(named);
        }
    }
}
