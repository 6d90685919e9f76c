package dev.akushu.cli.crypto;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.crypto.Timing.Column;
import dev.akushu.tls.crypto.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows timings: a row each for a person, an event each for a program. The words come last in a row: their width differs by language. */
final class TimingTable {
    private final List<Column> columns;
    private final Console console;

    TimingTable(List<Column> columns, Console console) {
        this.columns = columns;
        this.console = console;
    }

    void show(List<Timing> timings) {
        Words words = console.words();
        console.print(words.text("crypto.head", machine()));
        console.print("");
        console.print(head(words));
        for (Timing timing : timings) {
            console.print(row(timing, words));
            console.event(event(timing));
        }
    }

    private static String machine() {
        return Stream.of("java.vm.version", "os.name", "os.arch")
                .map(System::getProperty)
                .collect(Collectors.joining(", "));
    }

    private String head(Words words) {
        String titles = columns.stream().map(column -> cell(column.title())).collect(Collectors.joining());
        return cell("fastest") + titles + "  " + words.text("crypto.columns");
    }

    private String row(Timing timing, Words words) {
        String others = columns.stream()
                .map(column -> timing.byColumn().get(column))
                .map(micros -> cell(micros == null ? "-" : number(micros)))
                .collect(Collectors.joining());
        String label = words.text(
                "crypto.operation." + name(timing.operation().what()),
                timing.operation().primitive());
        String used = timing.origins().stream().map(Origin::toString).collect(Collectors.joining(" + "));
        return cell(number(timing.micros())) + others + "  " + words.text("crypto.row", label, used);
    }

    private static String cell(String text) {
        return String.format(Locale.ROOT, "%10s", text);
    }

    private static String number(double micros) {
        return String.format(Locale.ROOT, micros < 100 ? "%.1f" : "%.0f", micros);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JsonLine event(Timing timing) {
        Map<String, Object> all = new LinkedHashMap<>();
        timing.byColumn().forEach((column, micros) -> all.put(name(column), rounded(micros)));
        return JsonLine.event("timing")
                .with("primitive", timing.operation().primitive())
                .with("operation", name(timing.operation().what()))
                .with("used", timing.origins().stream().map(TimingTable::origin).toList())
                .with("micros", rounded(timing.micros()))
                .with("all_micros", all);
    }

    private static Map<String, Object> origin(Origin origin) {
        return JsonLine.object()
                .with("name", origin.name())
                .with("version", origin.version())
                .fields();
    }

    private static double rounded(double micros) {
        return Math.round(micros * 100) / 100.0;
    }
}
