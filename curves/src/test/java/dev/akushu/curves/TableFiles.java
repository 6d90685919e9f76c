package dev.akushu.curves;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of multiples of the base points, computed by the affine laws on integers. The main method writes the resources, from the module's folder. */
final class TableFiles {
    private static final Path FOLDER = Path.of("src", "main", "resources", "dev", "akushu", "curves");

    private TableFiles() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("ed25519-base.bin", edwardsBase());
        return files;
    }

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, byte[]> file : all().entrySet()) {
            Files.write(FOLDER.resolve(file.getKey()), file.getValue());
        }
    }

    /** (i + 1) 256^j B for j below 32, i below 8. */
    private static byte[] edwardsBase() {
        List<BigInteger> numbers = new ArrayList<>();
        PlainEdwards.Point base = PlainEdwards.BASE;
        for (int j = 0; j < 32; j++) {
            PlainEdwards.Point multiple = base;
            for (int i = 0; i < 8; i++) {
                numbers.addAll(cached(multiple));
                multiple = multiple.plus(base);
            }
            for (int i = 0; i < 8; i++) {
                base = base.plus(base);
            }
        }
        return limbs(numbers, 5, 51);
    }

    private static List<BigInteger> cached(PlainEdwards.Point p) {
        BigInteger product = p.x().multiply(p.y()).multiply(PlainEdwards.D).shiftLeft(1);
        return List.of(
                p.y().add(p.x()).mod(PlainEdwards.P),
                p.y().subtract(p.x()).mod(PlainEdwards.P),
                product.mod(PlainEdwards.P));
    }

    private static byte[] limbs(List<BigInteger> numbers, int limbs, int bits) {
        ByteBuffer out = ByteBuffer.allocate(numbers.size() * limbs * 8).order(ByteOrder.LITTLE_ENDIAN);
        BigInteger mask = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
        for (BigInteger number : numbers) {
            for (int i = 0; i < limbs; i++) {
                out.putLong(number.shiftRight(bits * i).and(mask).longValueExact());
            }
        }
        return out.array();
    }
}
