package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Pre-shared keys, which come from files: what stands on a command line can be seen by everybody on the machine. */
public final class PskOptions {
    @Option(names = "--psk", paramLabel = "FILE")
    private @Nullable Path imported;

    @Option(names = "--danger-raw-psk", paramLabel = "FILE")
    private @Nullable Path raw;

    @Option(names = "--psk-only")
    private boolean only;

    /** Whether certificates are of no account. */
    public boolean only(Words words) throws CommandFailure {
        if (only && imported == null && raw == null) {
            throw words.misuse("needs", "--psk-only", "--psk FILE");
        }
        return only;
    }

    /** The keys in the files, in their order; none if no file was named. */
    public List<ExternalPsk> keys(Console console) throws CommandFailure, TlsException {
        List<ExternalPsk> keys = new ArrayList<>();
        if (imported != null) {
            keys.addAll(read(imported, console.words(), ExternalPsk::of));
        }
        if (raw != null) {
            console.warn(console.words().text("psk.raw"));
            keys.addAll(read(
                    raw, console.words(), (identity, key) -> ExternalPsk.dangerRaw(identity, key, Kdf.HKDF_SHA256)));
        }
        return keys;
    }

    private static List<ExternalPsk> read(Path file, Words words, Maker maker) throws CommandFailure, TlsException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw Problem.FILE_UNREADABLE.causedBy(unreadable, file, String.valueOf(unreadable.getMessage()));
        }
        List<ExternalPsk> keys = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys.add(key(line, file, number, words, maker));
            }
        }
        if (keys.isEmpty()) {
            throw words.misuse("bad_psk_file", file, lines.size());
        }
        return keys;
    }

    private static ExternalPsk key(String line, Path file, int number, Words words, Maker maker) throws CommandFailure {
        int colon = line.lastIndexOf(':');
        byte[] key = new byte[0];
        try {
            key = HexFormat.of().parseHex(line.substring(colon + 1).strip());
            byte[] identity = line.substring(0, Math.max(colon, 0)).strip().getBytes(StandardCharsets.UTF_8);
            return maker.make(Bytes.wrap(identity), key);
        } catch (IllegalArgumentException malformed) {
            // Its message may quote the key: it is neither shown nor kept.
            throw words.misuse("bad_psk_file", file, number);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Makes a key of either kind. */
    @FunctionalInterface
    private interface Maker {
        ExternalPsk make(Bytes identity, byte[] key);
    }
}
