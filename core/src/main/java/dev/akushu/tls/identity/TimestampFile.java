package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignedCertificateTimestamp;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A signed certificate timestamp in a file, as a log's answer has it in binary. RFC 6962 section 3.2. */
public final class TimestampFile {
    private TimestampFile() {}

    /**
     * The timestamp in {@code file}. Which certificate it is for is only known to who has the log's key; but no log has seen a
     * certificate before there was one.
     *
     * @throws TlsException {@link Problem#FILE_UNREADABLE}; {@link Problem#NO_TIMESTAMP} if it holds something else; {@link Problem#TIMESTAMP_BEFORE_CERTIFICATE} if it is older than
     *     {@code certificate}
     */
    public static Bytes read(Path file, CertificateReader certificate) throws TlsException {
        Bytes serialized;
        try {
            serialized = Bytes.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw Problem.FILE_UNREADABLE.causedBy(e, file, String.valueOf(e.getMessage()));
        }
        SignedCertificateTimestamp timestamp;
        try {
            timestamp = SignedCertificateTimestamp.of(serialized);
        } catch (TlsException malformed) {
            throw Problem.NO_TIMESTAMP.causedBy(malformed, file, malformed.diagnosis());
        }
        if (timestamp.timestamp().isBefore(certificate.notBefore())) {
            throw Problem.TIMESTAMP_BEFORE_CERTIFICATE.with(file, timestamp.timestamp(), certificate.notBefore());
        }
        return serialized;
    }
}
