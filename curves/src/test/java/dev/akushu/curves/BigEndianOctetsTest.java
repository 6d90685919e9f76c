package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class BigEndianOctetsTest {
    private static final BigInteger BELOW = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);

    @Test
    void numbersFromZeroToTheHighestFit() {
        assertThat(BigEndianOctets.fits(BigInteger.ZERO, 4)).isTrue();
        assertThat(BigEndianOctets.fits(BELOW, 4)).isTrue();
        assertThat(BigEndianOctets.fits(BELOW.add(BigInteger.ONE), 4)).isFalse();
        assertThat(BigEndianOctets.fits(BigInteger.ONE.negate(), 4)).isFalse();
    }

    @Test
    void octetsAreThoseOfTheNumber() {
        assertThat(BigEndianOctets.of(BigInteger.ZERO, 4)).containsExactly(0, 0, 0, 0);
        assertThat(BigEndianOctets.of(BigInteger.valueOf(0x8001), 4)).containsExactly(0, 0, 0x80, 1);
        assertThat(BigEndianOctets.of(BELOW, 4)).containsExactly(0xff, 0xff, 0xff, 0xff);
    }
}
