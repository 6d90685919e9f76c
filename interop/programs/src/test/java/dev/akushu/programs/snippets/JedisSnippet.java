package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.io.File;
import java.security.Security;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * Jedis, the Redis client, takes the JVM's first provider. From these options it makes a context for each connection, with
 * any provider, so none is resumed; its older setting {@code sslSocketFactory} has them share a context, and then they are.
 */
public final class JedisSnippet {
    private JedisSnippet() {}

    // snippet: Jedis
    /** A client that checks the server's name and shows a certificate; both stores are PKCS #12 files. */
    public static RedisClient connect(String host, int port, File keyStore, File trustStore, char[] password) {
        Security.insertProviderAt(new AkushuProvider(), 1);
        SslOptions tls = SslOptions.builder()
                .keyStoreType("PKCS12")
                .keystore(keyStore, password)
                .trustStoreType("PKCS12")
                .truststore(trustStore, password)
                .sslVerifyMode(SslVerifyMode.FULL)
                .build();
        return RedisClient.builder()
                .hostAndPort(host, port)
                .clientConfig(DefaultJedisClientConfig.builder().sslOptions(tls).build())
                .build();
    }
    // end
}
