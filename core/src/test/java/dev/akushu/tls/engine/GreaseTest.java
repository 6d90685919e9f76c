package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.wire.UnknownExtension;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody can come to rely on what these extensions are like. */
class GreaseTest {
    private static final int MANY = 2_000;

    private final SecureRandom random = new SecureRandom();

    @Test
    void extensionsHaveAllTypesAndAllLengths() {
        Set<ExtensionType> types = new HashSet<>();
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            UnknownExtension extension = (UnknownExtension) Grease.extension(random);
            types.add(extension.type());
            lengths.add(extension.data().length());
        }
        // One of sixteen is missing by chance with a probability of 16 (15/16)^2000, below 10^-54.
        assertThat(types).hasSize(16).allMatch(ExtensionType::isGrease);
        assertThat(lengths).hasSize(16).allMatch(length -> length >= 1 && length <= 16);
    }

    @Test
    void contentIsByChance() {
        Set<Object> contents = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            UnknownExtension extension = (UnknownExtension) Grease.extension(0x0a0a, random);
            if (extension.data().length() >= 8) {
                contents.add(extension.data());
            }
        }
        assertThat(contents).hasSizeGreaterThan(MANY / 3);
    }
}
