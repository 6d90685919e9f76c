package dev.akushu.tls.crypto;

import java.math.BigInteger;

/** Non-negative integers as octet strings of a fixed length: I2OSP and OS2IP of RFC 8017 section 4. */
final class BigEndian {
    private BigEndian() {}

    /**
     * Writes {@code value} to {@code length} octets of {@code target} from {@code offset}, padded with zeros on the
     * left.
     */
    static void write(BigInteger value, byte[] target, int offset, int length) {
        if (value.signum() < 0 || value.bitLength() > length * Byte.SIZE) {
            throw new IllegalArgumentException("The value does not fit into " + length + " octets");
        }
        byte[] octets = value.toByteArray();
        // toByteArray puts a zero in front where the highest bit would read as a sign.
        int sign = octets.length > length ? 1 : 0;
        int count = octets.length - sign;
        System.arraycopy(octets, sign, target, offset + length - count, count);
    }

    /** The integer that {@code length} octets from {@code offset} stand for. */
    static BigInteger read(byte[] octets, int offset, int length) {
        return new BigInteger(1, octets, offset, length);
    }
}
