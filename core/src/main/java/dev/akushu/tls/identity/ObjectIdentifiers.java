package dev.akushu.tls.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Object identifiers from dotted decimal to DER. ITU-T X.690 section 8.19. */
final class ObjectIdentifiers {
    private static final Pattern DOTTED = Pattern.compile("([01]\\.[1-3]?\\d|2\\.\\d{1,9})(\\.\\d{1,20}){1,32}");
    private static final BigInteger FORTY = BigInteger.valueOf(40);

    private ObjectIdentifiers() {}

    /** An OBJECT IDENTIFIER with tag and length. */
    static byte[] encode(String dotted) {
        if (!DOTTED.matcher(dotted).matches()) {
            throw new IllegalArgumentException("no object identifier in dotted decimal: " + dotted);
        }
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        write(content, new BigInteger(arcs[0]).multiply(FORTY).add(new BigInteger(arcs[1])));
        for (int index = 2; index < arcs.length; index++) {
            write(content, new BigInteger(arcs[index]));
        }
        return DerWriter.value(DerReader.OBJECT_IDENTIFIER, content.toByteArray());
    }

    /** Seven bits a byte, the highest first; all but the last have the eighth set. */
    private static void write(ByteArrayOutputStream to, BigInteger arc) {
        for (int groups = Math.max(arc.bitLength() + 6, 7) / 7; groups > 0; groups--) {
            int septet = arc.shiftRight(7 * (groups - 1)).intValue() & 0x7f;
            to.write(groups > 1 ? septet | 0x80 : septet);
        }
    }
}
