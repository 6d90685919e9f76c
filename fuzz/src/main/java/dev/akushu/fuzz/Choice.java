package dev.akushu.fuzz;

import java.io.ByteArrayOutputStream;

/**
 * What an input chooses with its first octets: seven bits each, the lowest first, and the highest bit of an octet says that another one follows. So what was found when there were fewer {@link Settings} means what it meant.
 *
 * @param bits for {@link Settings}
 * @param length how many octets say so
 */
record Choice(int bits, int length) {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int MOST_OCTETS = (Settings.BITS + BITS - 1) / BITS;

    static Choice of(byte[] input) {
        int bits = 0;
        int length = 0;
        boolean more = true;
        while (more && length < Math.min(input.length, MOST_OCTETS)) {
            bits |= (input[length] & MORE - 1) << BITS * length;
            more = (input[length] & MORE) != 0;
            length++;
        }
        return new Choice(bits, length);
    }

    /** The octets that choose {@code bits}, and {@code rest} behind them. */
    static byte[] before(int bits, byte[] rest) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        int left = bits;
        while (left >= MORE) {
            input.write(left & MORE - 1 | MORE);
            left >>= BITS;
        }
        input.write(left);
        input.writeBytes(rest);
        return input.toByteArray();
    }
}
