package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsServer;
import java.util.List;
import picocli.CommandLine.Option;

/** How this end's part of a connection looks on the wire. */
public final class WireOptions {
    private static final int SMALLEST_LIMIT = 64;
    private static final int FULL_RECORD = (1 << 14) + 1;
    // Behind the content and the padding of a full record comes a byte for the type.
    private static final int FULL_CONTENT = FULL_RECORD - 1;

    @Option(names = "--no-grease")
    private boolean noGrease;

    @Option(names = "--record-size-limit", paramLabel = "BYTES")
    private int recordSizeLimit = FULL_RECORD;

    @Option(names = "--send-limit", paramLabel = "BYTES")
    private int sendLimit = FULL_CONTENT;

    @Option(names = "--padding", paramLabel = "POLICY")
    private String padding = "none";

    @Option(names = "--handshake-padding", paramLabel = "POLICY")
    private String handshakePadding = "none";

    @Option(names = "--growing-records")
    private boolean growingRecords;

    @Option(names = "--compress-certificates", paramLabel = "LIST")
    private String compressions = "";

    /** Sets what was asked for. */
    public void apply(TlsClient.Builder client, Words words) throws CommandFailure {
        client.grease(!noGrease).records(records(words)).certificateCompressions(compressions(words));
    }

    /** Sets what was asked for. */
    public void apply(TlsServer.Builder server, Words words) throws CommandFailure {
        server.grease(!noGrease).records(records(words)).certificateCompressions(compressions(words));
    }

    private CertificateCompression[] compressions(Words words) throws CommandFailure {
        List<CertificateCompression> ways =
                compressions.isEmpty() ? List.of() : Names.compressions(compressions, words);
        return ways.toArray(CertificateCompression[]::new);
    }

    private RecordPolicy records(Words words) throws CommandFailure {
        requireInRange(recordSizeLimit, "--record-size-limit", FULL_RECORD, words);
        requireInRange(sendLimit, "--send-limit", FULL_CONTENT, words);
        return new RecordPolicy(
                recordSizeLimit,
                Zeros.of(padding, "--padding", words),
                Zeros.of(handshakePadding, "--handshake-padding", words),
                growingRecords,
                sendLimit);
    }

    private static void requireInRange(int limit, String option, int largest, Words words) throws CommandFailure {
        if (limit < SMALLEST_LIMIT || limit > largest) {
            throw words.misuse("out_of_range", limit, option, SMALLEST_LIMIT, largest);
        }
    }
}
