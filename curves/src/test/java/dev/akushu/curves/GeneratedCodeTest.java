package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.generator.Generated;
import dev.akushu.curves.generator.GeneratedRegion;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class GeneratedCodeTest {
    @Test
    void committedCodeIsWhatTheGeneratorWrites() throws Exception {
        for (GeneratedRegion region : Generated.regions()) {
            assertThat(Files.readString(region.file()))
                    .as(region.file().toString())
                    .isEqualTo(region.expected());
        }
    }

    @Test
    void p384IsTheCodeOfP256WithAnotherFieldAndOtherConstants() throws Exception {
        for (String type : Generated.copies()) {
            assertThat(Files.readString(Generated.copyOf(type))).as(type).isEqualTo(Generated.expectedCopyOf(type));
        }
    }
}
