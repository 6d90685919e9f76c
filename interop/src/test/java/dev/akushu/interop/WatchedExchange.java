package dev.akushu.interop;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.crypto.BadKeyShareException;
import dev.akushu.tls.crypto.KeyExchange;
import java.security.SecureRandom;

/**
 * A key exchange that remembers whether a common secret began with a zero octet. RFC 9846 section 7.4.1 keeps such octets; a peer
 * that drops them, as TLS 1.2 had it, derives other keys then, and only then.
 */
final class WatchedExchange implements KeyExchange {
    private final KeyExchange exchange;
    private volatile boolean beganWithZero;

    WatchedExchange(KeyExchange exchange) {
        this.exchange = exchange;
    }

    boolean beganWithZero() {
        return beganWithZero;
    }

    @Override
    public NamedGroup group() {
        return exchange.group();
    }

    @Override
    public int clientShareLength() {
        return exchange.clientShareLength();
    }

    @Override
    public ClientShare generate(SecureRandom random) {
        return new WatchedShare(exchange.generate(random));
    }

    @Override
    public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
        ServerShare answer = exchange.respond(clientShare, random);
        watch(answer.secret());
        return answer;
    }

    private byte[] watch(byte[] secret) {
        beganWithZero |= secret[0] == 0;
        return secret;
    }

    private final class WatchedShare implements ClientShare {
        private final ClientShare share;

        WatchedShare(ClientShare share) {
            this.share = share;
        }

        @Override
        public NamedGroup group() {
            return share.group();
        }

        @Override
        public Bytes share() {
            return share.share();
        }

        @Override
        public byte[] agree(Bytes serverShare) throws BadKeyShareException {
            return watch(share.agree(serverShare));
        }

        @Override
        public void destroy() {
            share.destroy();
        }
    }
}
