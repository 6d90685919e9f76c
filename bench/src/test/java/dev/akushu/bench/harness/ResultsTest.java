package dev.akushu.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.bench.harness.Bench.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir
    private Path folder;

    private record Named(String name) implements Bench {
        @Override
        public Section run(Effort effort, Path servers, Progress progress) {
            throw new UnsupportedOperationException("only its name is needed");
        }
    }

    private static final Bench ONE = new Named("one");
    private static final Bench OTHER = new Named("other");

    @Test
    void benchReplacesItsOwnPartAndLeavesTheOthers() throws IOException {
        Files.writeString(folder.resolve("RESULTS.md"), "# Results\n\nBy hand.\n");
        Results results = new Results(folder);
        results.put(ONE, section("One", "old", 2, 4));
        results.put(OTHER, section("Other", "stays", 2, 1));
        results.put(ONE, section("One", "new", 2, 6));

        assertThat(folder.resolve("RESULTS.md"))
                .hasContent("# Results\n\nBy hand.\n\n## One\n\nnew\n\n## Other\n\nstays\n");
        assertThat(entries()).containsExactly(entry("other: time", 2, 1, 0.5), entry("one: time", 2, 6, 3));
    }

    @Test
    void ratioAboveOneMeansThatAkushuIsAhead() {
        assertThat(Comparison.ofCosts("time", "us", 2, 3, "peer").ratio()).isEqualTo(1.5);
        assertThat(Comparison.ofGains("rate", "/s", 3, 2, "peer").ratio()).isEqualTo(1.5);
        assertThat(Comparison.ofCosts("bytes", "B", 0, 80, "peer").ratio()).isEqualTo(80);
    }

    @Test
    void sampleIsTheMedianOfTheRoundsWithItsRange() {
        Figures figures = new Figures();
        figures.take("row", "sunjsse", List.of("time 3.5", "bytes 8"));
        figures.take("row", "sunjsse", List.of("time 1"));
        figures.take("row", "sunjsse", List.of("time 2", "- it cannot do more"));

        assertThat(figures.sample("row", "sunjsse", "time")).contains(new Figures.Sample(2, 1, 3.5));
        assertThat(figures.sample("row", "netty", "time")).isEmpty();
        assertThat(figures.lacks()).containsExactly("- SunJSSE: it cannot do more");
    }

    private List<Object> entries() throws IOException {
        return JSON.std.listFrom(Files.readString(folder.resolve("results.json")));
    }

    /** With the fields that machines read. */
    private static Map<String, Object> entry(String name, double akushu, double peer, double ratio) {
        return Map.of("name", name, "unit", "us", "akushu", akushu, "peer", peer, "peerName", "peer", "ratio", ratio);
    }

    private static Section section(String title, String text, double akushu, double peer) {
        return new Section(title, List.of(text), List.of(Comparison.ofCosts("time", "us", akushu, peer, "peer")));
    }
}
