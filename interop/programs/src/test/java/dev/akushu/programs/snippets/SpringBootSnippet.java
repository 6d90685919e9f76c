package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.security.Security;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring Boot 4. It has no setting for the provider, so Akushu becomes the first of the JVM; nothing else in the application changes. */
public final class SpringBootSnippet {
    private SpringBootSnippet() {}

    // snippet: Spring Boot
    public static ConfigurableApplicationContext start(Class<?> application, String... args) {
        // First of all: the embedded server, RestClient and the SSL bundles then use it.
        Security.insertProviderAt(new AkushuProvider(), 1);
        return SpringApplication.run(application, args);
    }
    // end
}
