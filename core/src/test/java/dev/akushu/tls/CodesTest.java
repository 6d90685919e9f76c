package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CodesTest {
    @Test
    void findsWhatIsRegisteredInWhateverOrder() {
        Codes<String> codes = Codes.of(String::length, List.of("three", "", "one"));

        assertThat(codes.find(5)).isEqualTo("three");
        assertThat(codes.find(0)).isEmpty();
        assertThat(codes.find(3)).isEqualTo("one");
        assertThat(codes.find(4)).isNull();
        assertThat(codes.find(-1)).isNull();
        assertThat(codes.find(0xffff)).isNull();
    }

    @Test
    void refusesTwoValuesOfOneCode() {
        assertThatIllegalArgumentException().isThrownBy(() -> Codes.of(String::length, List.of("one", "two")));
    }
}
