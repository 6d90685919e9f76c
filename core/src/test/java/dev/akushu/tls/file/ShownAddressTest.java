package dev.akushu.tls.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://app:SECRET@store:6379/shop",
                "redis://app:SEC/SECRET@store:6379/shop",
                "redis://app:SEC#SECRET@store:6379/shop",
                "redis://app:SECRET@SECRET@store:6379/shop",
                "redis://app:SECRET//SECRET@store:6379/shop",
                "redis://app:SEC\nSECRET@store:6379/shop",
                "redis://SECRET@store:6379/shop",
                "valkey://app:SECRET,SECRET@store:6379/shop",
                "REDIS://app:SECRET@store:6379/shop",
                "redis:/app:SECRET@store:6379/shop",
                "redis:SECRET@store:6379/shop",
                "app:SECRET@store:6379/shop",
                "app:SECRET@store//6379/shop",
                "SECRET@store:6379/shop",
                "file:a,redis://app:SECRET@store:6379/shop"
            })
    void passwordIsNotShownAndTheHostIs(String text) {
        assertThat(ShownAddress.of(text)).doesNotContain("SEC").contains("store", "6379/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://store:6379/shop", "redis://[::1]:6379/shop", "file:/etc/keys", "memory", ""})
    void addressWithoutOneIsShownAsItIs(String text) {
        assertThat(ShownAddress.of(text)).isEqualTo(text);
    }
}
