package dev.akushu.lab.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.lab.stage.Order;
import dev.akushu.lab.stage.Scenario;
import org.junit.jupiter.api.Test;

/** A run and the end of the lab. */
class RunTest {
    @Test
    void labThatIsClosedDuringARunIsNoTrouble() throws Exception {
        Run run = new Run("1", Order.of(Scenario.RESUMPTION));
        Thread.startVirtualThread(() -> {
                    Thread.currentThread().interrupt();
                    run.perform();
                })
                .join();

        assertThat(run.events()).isNotEmpty().noneMatch(event -> event.contains("\"trouble\""));
        assertThat(run.eventsFrom(run.events().size())).as("it is over").isEmpty();
    }
}
