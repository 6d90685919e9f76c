package dev.akushu.cli.serve;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.SignedCertificateTimestamp;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Other identities, with signed certificate timestamps for those who ask for some. RFC 6962 section 3.3.1.
 *
 * @param others who is chosen among
 * @param timestamps as they are sent
 */
record TimestampedIdentities(IdentitySource others, List<Bytes> timestamps) implements IdentitySource {
    private static final int LONGEST = 0xffff;

    /** With the timestamps in {@code files}, one in each, as a log's answer has it in binary. */
    static TimestampedIdentities of(IdentitySource others, List<Path> files, Words words) throws CommandFailure {
        List<Bytes> timestamps = new ArrayList<>();
        for (Path file : files) {
            timestamps.add(read(file, words));
        }
        int together = timestamps.stream().mapToInt(one -> 2 + one.length()).sum();
        if (together > LONGEST) {
            throw words.misuse("out_of_range", together, "--timestamps", 0, LONGEST);
        }
        return new TimestampedIdentities(others, List.copyOf(timestamps));
    }

    private static Bytes read(Path file, Words words) throws CommandFailure {
        try {
            Bytes timestamp = Bytes.wrap(Files.readAllBytes(file));
            var _ = SignedCertificateTimestamp.of(timestamp);
            return timestamp;
        } catch (TlsException malformed) {
            throw words.misuse("bad_timestamp", file, malformed.diagnosis().cause(words.locale()));
        } catch (IOException unreadable) {
            throw words.misuse("unreadable_option_file", "--timestamps", file, unreadable);
        }
    }

    @Override
    public Optional<Identity> choose(Request request) throws TlsException {
        return others.choose(request).map(identity -> identity.withTimestamps(() -> timestamps));
    }

    @Override
    public String scope() {
        return others.scope();
    }

    @Override
    public List<CertificateType> types() {
        return others.types();
    }
}
