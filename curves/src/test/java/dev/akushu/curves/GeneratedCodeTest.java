package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.generator.Field25519Generator;
import dev.akushu.curves.generator.Generated;
import dev.akushu.curves.generator.GeneratedRegion;
import dev.akushu.curves.generator.MontgomeryGenerator;
import java.math.BigInteger;
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
    void theGeneratorKnowsTheFieldsOfTheCurves() {
        assertThat(MontgomeryGenerator.P256.prime()).isEqualTo(CurveP256.P);
        assertThat(MontgomeryGenerator.P256.limbs()).isEqualTo(FieldP256.LIMBS);
        assertThat(MontgomeryGenerator.P384.prime()).isEqualTo(CurveP384.P);
        assertThat(MontgomeryGenerator.P384.limbs()).isEqualTo(FieldP384.LIMBS);
        assertThat(Field25519Generator.PRIME).isEqualTo(BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19)));
    }

    @Test
    void p384IsTheCodeOfP256WithAnotherFieldAndOtherConstants() throws Exception {
        for (String type : Generated.copies()) {
            assertThat(Files.readString(Generated.copyOf(type))).as(type).isEqualTo(Generated.expectedCopyOf(type));
        }
    }
}
