package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.file.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Pre-shared keys, which come from files: what stands on a command line can be seen by everybody on the machine. */
public final class PskOptions {
    private static final int LONGEST_FILE = 1 << 20;

    /** The option for early data. */
    public static final String EARLY = "--psk-early-data";

    private static final String RAW = "--danger-raw-psk";

    @Option(names = "--psk", paramLabel = "FILE")
    private @Nullable Path imported;

    @Option(names = RAW, paramLabel = "FILE")
    private @Nullable Path raw;

    @Option(names = "--psk-only")
    private boolean only;

    @Option(names = EARLY, paramLabel = "BYTES,FROM/UNTIL")
    private String early = "";

    /** Whether certificates are of no account. */
    public boolean only(Words words) throws CommandFailure {
        if (only && imported == null && raw == null) {
            throw words.misuse("needs", "--psk-only", "--psk FILE");
        }
        return only;
    }

    /** How much early data may come with a key; 0 if none may. */
    public int earlyBytes(Words words) throws CommandFailure {
        return early.isEmpty() ? 0 : KeyTerms.of(early, words).bytes();
    }

    /** The keys in the files, in their order, for early data as {@code negotiation} has it; none if no file was named. */
    public List<ExternalPsk> keys(Console console, NegotiationOptions negotiation) throws CommandFailure {
        List<ExternalPsk> keys = keys(console);
        if (early.isEmpty()) {
            return keys;
        }
        if (keys.isEmpty()) {
            throw console.words().misuse("needs", EARLY, "--psk FILE");
        }
        // A raw key is the same in each span: what was recorded in one would be taken once more in the next.
        if (raw != null) {
            throw console.words().misuse("excluding", EARLY, RAW);
        }
        KeyTerms terms = KeyTerms.of(early, console.words());
        List<ExternalPsk> bound = new ArrayList<>();
        for (ExternalPsk key : keys) {
            bound.add(terms.bind(key, negotiation, console.words()));
        }
        return bound;
    }

    private List<ExternalPsk> keys(Console console) throws CommandFailure {
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

    private static List<ExternalPsk> read(Path file, Words words, Maker maker) throws CommandFailure {
        List<String> lines = lines(file, words);
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

    /** Whoever can read the file can be either end, and whoever can write it can put in a key of his own. */
    private static List<String> lines(Path file, Words words) throws CommandFailure {
        byte[] content = new byte[0];
        try {
            content = SecretFile.at(file, SecretFile.Sharing.GROUP_READS).read(LONGEST_FILE);
            return new String(content, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unusable) {
            throw words.misuse("psk_file_unusable", file, SecretFile.reason(unusable));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
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
