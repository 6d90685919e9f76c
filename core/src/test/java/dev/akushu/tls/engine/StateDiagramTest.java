package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.client.ClientTransitions;
import dev.akushu.tls.server.ServerTransitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md shows the states as they are: its diagrams are what the tables generate. */
class StateDiagramTest {
    @Test
    void theClientsDiagramIsTheOneInArchitecture() throws IOException {
        assertThat(architecture()).contains(diagram(ClientTransitions.TABLE));
    }

    @Test
    void theServersDiagramIsTheOneInArchitecture() throws IOException {
        assertThat(architecture()).contains(diagram(ServerTransitions.TABLE));
    }

    private static String architecture() throws IOException {
        return Files.readString(Path.of(System.getProperty("akushu.root"), "ARCHITECTURE.md"));
    }

    /** The table in Mermaid's notation. */
    static String diagram(Transitions table) {
        String first = table.rows().getFirst().from().name();
        return table.rows().stream()
                .flatMap(row -> row.to().stream()
                        .map(Step::name)
                        .sorted()
                        .map(to -> "    " + row.from().name() + " --> " + to + ": "
                                + row.message().getSimpleName() + "\n"))
                .collect(Collectors.joining("", "stateDiagram-v2\n    [*] --> " + first + "\n", ""));
    }
}
