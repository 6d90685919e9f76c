package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.nio.file.Path;
import java.security.Security;
import java.util.Properties;

/**
 * Kafka: clients and brokers alike take the provider by {@code ssl.provider} once it is registered. A broker, which runs
 * no code of yours, has it registered by {@code security.providers}, the name of a class that implements Kafka's
 * {@code SecurityProviderCreator} and returns a new {@code AkushuProvider}. A broker has a context, and with it ticket
 * keys, for each network thread ({@code num.network.threads}): a client resumes only where it meets the same thread again.
 */
public final class KafkaSnippet {
    private KafkaSnippet() {}

    // snippet: Kafka
    /** Settings for a producer, a consumer or an admin client. */
    public static Properties overAkushu(String bootstrapServers, Path trustStore, String password) {
        Security.addProvider(new AkushuProvider());
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("security.protocol", "SSL");
        settings.put("ssl.provider", AkushuProvider.NAME);
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("ssl.truststore.location", trustStore.toString());
        settings.put("ssl.truststore.password", password);
        return settings;
    }
    // end
}
