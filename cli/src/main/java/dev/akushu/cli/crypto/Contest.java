package dev.akushu.cli.crypto;

import dev.akushu.cli.crypto.Operation.Task;
import dev.akushu.cli.crypto.Timing.Column;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Accelerator;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.Origin;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Times what {@link Crypto#fastest} is made of, and all that it could be made of instead. Nothing is timed twice. */
final class Contest {
    /** During the first the JVM compiles, which goes on in the background. */
    private static final int ROUNDS = 3;

    private final Crypto fastest;
    private final Map<Column, Crypto> columns;

    private Contest(Crypto fastest, Map<Column, Crypto> columns) {
        this.fastest = fastest;
        this.columns = columns;
    }

    static Contest onThisMachine() {
        Map<Column, Crypto> columns = new EnumMap<>(Column.class);
        columns.put(Column.JDK, Crypto.jdk());
        columns.put(Column.OWN, Crypto.ownCurves());
        add(Column.ACCP, Accelerator::accp, columns);
        add(Column.CONSCRYPT, Accelerator::conscrypt, columns);
        return new Contest(Crypto.fastest(), columns);
    }

    private interface Loading {
        Accelerator load() throws TlsException;
    }

    private static void add(Column column, Loading loading, Map<Column, Crypto> columns) {
        try {
            Accelerator accelerator = loading.load();
            columns.put(
                    column,
                    new Crypto(
                            List.of(),
                            accelerator.groups(),
                            accelerator.signatures(),
                            Crypto.jdk().random()));
        } catch (TlsException _) {
            // Crypto.fastest() tells of it.
        }
    }

    Crypto fastest() {
        return fastest;
    }

    /** Those that there are here. */
    List<Column> columns() {
        return List.copyOf(columns.keySet());
    }

    /** All timings, found within {@code time}, but for what has to be done before. */
    List<Timing> run(Duration time) throws GeneralSecurityException {
        List<Operation> operations = Operations.of(Crypto.jdk());
        List<Trial> trials = new ArrayList<>();
        for (Operation operation : operations) {
            trials.addAll(trials(operation));
        }
        long each = time.toNanos() / ROUNDS / trials.size();
        for (int round = 0; round < ROUNDS; round++) {
            for (Trial trial : trials) {
                trial.micros = Math.min(trial.micros, Stopwatch.micros(trial.task, each));
            }
        }
        return operations.stream().map(operation -> timing(operation, trials)).toList();
    }

    /** One for each implementation of {@code operation}. */
    private List<Trial> trials(Operation operation) throws GeneralSecurityException {
        List<Trial> trials = new ArrayList<>();
        List<Crypto> all = new ArrayList<>(columns.values());
        all.add(fastest);
        for (Crypto crypto : all) {
            List<Origin> origins = operation.origins().apply(crypto).orElse(List.of());
            boolean isNew = trials.stream().noneMatch(trial -> trial.origins.equals(origins));
            if (!origins.isEmpty() && isNew) {
                trials.add(new Trial(operation, origins, operation.task().in(crypto)));
            }
        }
        return trials;
    }

    private static final class Trial {
        private final Operation operation;
        private final List<Origin> origins;
        private final Task task;
        private double micros = Double.MAX_VALUE;

        Trial(Operation operation, List<Origin> origins, Task task) {
            this.operation = operation;
            this.origins = origins;
            this.task = task;
        }
    }

    private Timing timing(Operation operation, List<Trial> trials) {
        Map<Column, Double> byColumn = new EnumMap<>(Column.class);
        List<Origin> jdk = operation
                .origins()
                .apply(Objects.requireNonNull(columns.get(Column.JDK)))
                .orElseThrow();
        columns.forEach((column, crypto) -> {
            List<Origin> origins = operation.origins().apply(crypto).orElse(List.of());
            // Our curves are not ours where they leave it to the JDK.
            boolean isOfJdk = column != Column.JDK && origins.equals(jdk);
            if (!origins.isEmpty() && !isOfJdk) {
                byColumn.put(column, micros(operation, origins, trials));
            }
        });
        List<Origin> used = operation.origins().apply(fastest).orElseThrow();
        return new Timing(operation, used, micros(operation, used, trials), byColumn);
    }

    private static double micros(Operation operation, List<Origin> origins, List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.operation.equals(operation) && trial.origins.equals(origins))
                .findFirst()
                .orElseThrow()
                .micros;
    }
}
