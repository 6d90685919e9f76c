package dev.akushu.cli.option;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** A certificate of a server, which may have timestamps of logs beside it. */
public final class ServerCertificateOptions extends CertificateOptions {
    @Option(names = "--timestamps", paramLabel = "FILE")
    private List<Path> timestamps = List.of();

    @Override
    List<Path> timestamps() {
        return timestamps;
    }
}
