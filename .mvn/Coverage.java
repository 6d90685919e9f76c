import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints the sum of a JaCoCo report as one line: {@code java Coverage.java TITLE jacoco.csv}. Silent without a report. */
class Coverage {
    public static void main(String[] args) throws Exception {
        Path report = Path.of(args[1]);
        if (!Files.exists(report)) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(report)) {
            rows.add(line.split(","));
        }
        if (rows.size() > 1) {
            System.out.println("Coverage of " + args[0] + ": " + share(rows, "LINE") + " lines, " + share(rows, "BRANCH") + " branches");
        }
    }

    private static String share(List<String[]> rows, String unit) {
        long covered = sum(rows, unit + "_COVERED");
        long all = covered + sum(rows, unit + "_MISSED");
        double percent = all == 0 ? 100 : 100.0 * covered / all;
        return String.format(Locale.ROOT, "%.1f %% of %d", percent, all);
    }

    private static long sum(List<String[]> rows, String column) {
        int index = Arrays.asList(rows.get(0)).indexOf(column);
        return rows.stream().skip(1).mapToLong(row -> Long.parseLong(row[index])).sum();
    }
}
