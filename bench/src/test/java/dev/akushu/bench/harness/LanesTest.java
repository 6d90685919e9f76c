package dev.akushu.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
    private final List<String> said = new ArrayList<>();

    @Test
    void eachForkIsRunOnceAndAllOfItsOutputIsRead() throws Exception {
        List<Lanes.Job> jobs = IntStream.range(0, 30)
                .mapToObj(number -> shell("seq 1000 | tail -n 1; echo " + number))
                .toList();

        run(jobs);

        assertThat(said).filteredOn("1000"::equals).hasSize(30);
        assertThat(said).contains("0", "29").hasSize(60);
    }

    @Test
    void forkThatFailsEndsAll() {
        List<Lanes.Job> jobs = new ArrayList<>(List.of(shell("exit 3")));
        IntStream.range(0, 100).forEach(_ -> jobs.add(shell("sleep 0.1; echo done")));

        assertThatThrownBy(() -> run(jobs)).isInstanceOf(IOException.class).hasMessageContaining("Ended with 3");
        assertThat(said).hasSizeLessThan(50);
    }

    private Lanes.Job shell(String script) {
        return new Lanes.Job(script, List.of("sh", "-c", script), said::addAll);
    }

    private static void run(List<Lanes.Job> jobs) throws IOException, InterruptedException {
        Progress progress = new Progress(false);
        progress.begin("test", jobs.size());
        Lanes.open().run(jobs, progress);
        progress.end();
    }
}
