package dev.akushu.cli.option;

import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one connection gave.
 *
 * @param export what it was asked for
 * @param material what it gave; a secret, which the user asked to see
 */
public record Exported(Export export, Bytes material) {
    /** What {@code connection} gives for each of {@code exports} once its handshake is done; nothing for early ones if the server did not take early data. */
    public static List<Exported> of(List<Export> exports, TlsConnection connection) throws TlsException {
        boolean tookEarlyData = connection.session().orElseThrow().earlyData().accepted();
        List<Exported> all = new ArrayList<>();
        for (Export export : exports) {
            if (!export.early() || tookEarlyData) {
                all.add(new Exported(export, export.material(connection)));
            }
        }
        return all;
    }

    /** Adds all to an event: the material in hexadecimal, under {@code exported} or {@code exported_early}. */
    public static JsonLine addTo(JsonLine event, List<Exported> all) {
        all.forEach(each -> event.with(each.name(), each.material.hex()));
        return event;
    }

    /** The same for a person. */
    public String tell(Words words) {
        return words.text(name(), export.label(), material.hex());
    }

    private String name() {
        return export.early() ? "exported_early" : "exported";
    }

    @Override
    public String toString() {
        return name() + " for " + export.label();
    }
}
