package dev.akushu.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An RFC in the form that its authors write, Markdown for kramdown-rfc: the headings have no numbers, so they are counted.
 *
 * @param lines all of it
 */
record Specification(List<String> lines) {
    private static final Pattern DEMAND = Pattern.compile("\\b(MUST|REQUIRED|SHALL)\\b");
    private static final Pattern HEADING = Pattern.compile("(#+) .*");
    private static final int DEEPEST = 6;

    /** How many words that demand something each section has; sections without one are left out. */
    Map<String, Integer> demands() {
        Map<String, Integer> demands = new TreeMap<>();
        int[] numbers = new int[DEEPEST];
        boolean begun = false;
        boolean appendix = false;
        boolean figure = false;
        String section = "";
        for (String line : lines) {
            if (line.startsWith("--- ")) {
                begun = true;
                appendix = line.startsWith("--- back");
                Arrays.fill(numbers, 0);
            }
            figure ^= line.startsWith("~~~");
            if (begun && !figure && HEADING.matcher(line).matches()) {
                int depth = line.indexOf(' ');
                numbers[depth - 1]++;
                Arrays.fill(numbers, depth, DEEPEST, 0);
                section = name(numbers, depth, appendix);
            }
            int count = (int) DEMAND.matcher(line).results().count();
            if (count > 0) {
                demands.merge(section, count, Integer::sum);
            }
        }
        return demands;
    }

    /** Such as 4.2.1, or E.5 in the appendices. */
    private static String name(int[] numbers, int depth, boolean appendix) {
        String name = Arrays.stream(numbers, 1, depth)
                .mapToObj(number -> "." + number)
                .collect(Collectors.joining());
        return (appendix ? String.valueOf((char) ('A' + numbers[0] - 1)) : String.valueOf(numbers[0])) + name;
    }
}
