package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void everyTableIsWhatTheAffineLawGives() throws Exception {
        for (Map.Entry<String, byte[]> table : TableFiles.all().entrySet()) {
            try (InputStream in = TablesTest.class.getResourceAsStream(table.getKey())) {
                assertThat(in.readAllBytes()).as(table.getKey()).isEqualTo(table.getValue());
            }
        }
    }
}
