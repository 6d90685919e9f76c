package dev.akushu.tls.identity;

import java.util.Arrays;

/** Writes the little DER that is needed: around a private key, and around parts of a name. */
final class DerWriter {
    private DerWriter() {}

    /**
     * One value of {@code tag} whose content is {@code parts} one after the other; the array is the caller's to wipe.
     */
    static byte[] value(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] header = header(tag, length);
        byte[] value = Arrays.copyOf(header, header.length + length);
        int position = header.length;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, value, position, part.length);
            position += part.length;
        }
        return value;
    }

    private static byte[] header(int tag, int length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        int count = (39 - Integer.numberOfLeadingZeros(length)) / 8;
        byte[] header = new byte[2 + count];
        header[0] = (byte) tag;
        header[1] = (byte) (0x80 | count);
        for (int i = 0; i < count; i++) {
            header[2 + i] = (byte) (length >>> ((count - 1 - i) * 8));
        }
        return header;
    }
}
