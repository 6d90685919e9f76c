package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Problem;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StoreFaultTest {
    /** Nobody who runs a store, or stands between, may write on the operator's terminal. */
    @Test
    void whatTheStoreSaysIsShownWithoutControlCharacters() {
        IOException outer = new IOException("outer", new IOException("ERR \u001b[31mred\r\nline\u007f."));

        assertThat(StoreFault.words(outer)).isEqualTo("ERR ?[31mred??line?");
    }

    @Test
    void causesThatGoRoundAreFollowedToNoEnd() {
        IOException one = new IOException("one");
        IOException other = new IOException("other", one);
        var _ = one.initCause(other);

        assertThat(StoreFault.words(one)).isIn("one", "other");
        assertThat(StoreFault.of("the store", one).problem()).isEqualTo(Problem.STORE_UNREACHABLE);
    }
}
