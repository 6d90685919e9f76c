package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SslOptions;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Lettuce, the Redis client on Netty: the provider is set on Netty's builder. Lettuce makes a context for each connection,
 * with any provider, so none is resumed.
 */
public final class LettuceSnippet {
    private LettuceSnippet() {}

    // snippet: Lettuce
    /** Has {@code client} use Akushu for all {@code rediss://} addresses. */
    public static RedisClient overAkushu(RedisClient client, KeyManagerFactory keys, TrustManagerFactory trust) {
        SslOptions tls = SslOptions.builder()
                .jdkSslProvider()
                .protocols("TLSv1.3")
                .keyManager(keys)
                .trustManager(trust)
                .sslContext(netty -> netty.sslContextProvider(new AkushuProvider()))
                .build();
        client.setOptions(ClientOptions.builder().sslOptions(tls).build());
        return client;
    }
    // end
}
