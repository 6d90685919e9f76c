package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** What programs pass on of older versions, for each connection anew, is left out, and fills no log. */
class OlderNamesTest {
    @Test
    void whatIsLeftOutIsToldOfOnceForDebugging() throws Exception {
        Logger logger = Logger.getLogger("dev.akushu.jsse");
        List<LogRecord> told = new CopyOnWriteArrayList<>();
        Handler listening = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Level before = logger.getLevel();
        logger.setLevel(Level.FINE);
        logger.addHandler(listening);
        try {
            SSLContext context = Contexts.client();
            for (int i = 0; i < 3; i++) {
                SSLEngine engine = context.createSSLEngine();
                engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
                engine.setEnabledCipherSuites(
                        new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"});
            }
        } finally {
            logger.removeHandler(listening);
            logger.setLevel(before);
        }
        assertThat(told).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.FINE);
            assertThat(line.getParameters()).singleElement().asString().contains("TLSv1.2");
        });
    }
}
