package dev.akushu.curves;

import dev.akushu.curves.generator.Field25519Generator;
import dev.akushu.curves.generator.MontgomeryGenerator;
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

/**
 * The tables of multiples of the base points, computed by the affine laws on integers. The main method writes the
 * resources, from the module's folder.
 */
final class TableFiles {
    private static final Path FOLDER = Path.of("src", "main", "resources", "dev", "akushu", "curves");

    private TableFiles() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("ed25519-base.bin", edwardsBase());
        files.put("ed25519-odd.bin", edwardsOdd());
        PlainWeierstrass p256 = PlainWeierstrass.P256;
        files.put("p256-comb.bin", weierstrass(p256, MontgomeryGenerator.P256, 52, 5, 16));
        files.put("p256-odd.bin", weierstrass(p256, MontgomeryGenerator.P256, 8, 32, 64));
        PlainWeierstrass p384 = PlainWeierstrass.P384;
        files.put("p384-comb.bin", weierstrass(p384, MontgomeryGenerator.P384, 78, 5, 16));
        files.put("p384-odd.bin", weierstrass(p384, MontgomeryGenerator.P384, 12, 32, 64));
        return files;
    }

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, byte[]> file : all().entrySet()) {
            Files.write(FOLDER.resolve(file.getKey()), file.getValue());
        }
    }

    /** (i + 1) 16^j B for j below 64, i below 8. */
    private static byte[] edwardsBase() {
        List<BigInteger> numbers = new ArrayList<>();
        PlainEdwards.Point base = PlainEdwards.BASE;
        for (int j = 0; j < 64; j++) {
            PlainEdwards.Point multiple = base;
            for (int i = 0; i < 8; i++) {
                numbers.addAll(cached(multiple));
                multiple = multiple.plus(base);
            }
            for (int i = 0; i < 4; i++) {
                base = base.plus(base);
            }
        }
        return limbs(numbers, Field25519Generator.LIMBS, Field25519Generator.BITS);
    }

    /** (2 i + 1) B for i below 64. */
    private static byte[] edwardsOdd() {
        List<BigInteger> numbers = new ArrayList<>();
        PlainEdwards.Point twice = PlainEdwards.BASE.plus(PlainEdwards.BASE);
        PlainEdwards.Point multiple = PlainEdwards.BASE;
        for (int i = 0; i < 64; i++) {
            numbers.addAll(cached(multiple));
            multiple = multiple.plus(twice);
        }
        return limbs(numbers, Field25519Generator.LIMBS, Field25519Generator.BITS);
    }

    private static List<BigInteger> cached(PlainEdwards.Point p) {
        BigInteger product = p.x().multiply(p.y()).multiply(PlainEdwards.D).shiftLeft(1);
        return List.of(
                p.y().add(p.x()).mod(PlainEdwards.P),
                p.y().subtract(p.x()).mod(PlainEdwards.P),
                product.mod(PlainEdwards.P));
    }

    /** (2 i + 1) 2^(shift j) G for j below {@code parts}, i below {@code count}, in Montgomery form. */
    private static byte[] weierstrass(
            PlainWeierstrass curve, MontgomeryGenerator field, int parts, int shift, int count) {
        List<BigInteger> numbers = new ArrayList<>();
        PlainWeierstrass.Point base = curve.base();
        for (int j = 0; j < parts; j++) {
            PlainWeierstrass.Point twice = curve.add(base, base);
            PlainWeierstrass.Point multiple = base;
            for (int i = 0; i < count; i++) {
                numbers.add(multiple.x().shiftLeft(field.radixBits()).mod(curve.p()));
                numbers.add(multiple.y().shiftLeft(field.radixBits()).mod(curve.p()));
                multiple = curve.add(multiple, twice);
            }
            for (int i = 0; i < shift; i++) {
                base = curve.add(base, base);
            }
        }
        return limbs(numbers, field.limbs(), field.bits());
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
