package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * An OCSP response to be sent beside a certificate. It is looked at once, when it is read from its file. RFC 6960
 * section 4.2.1. Immutable.
 *
 * @param response in DER as it is sent
 * @param end the last moment at which it proves something; empty if it does not say so
 */
public record Staple(Bytes response, Optional<Instant> end) {
    /**
     * The response in {@code file}.
     *
     * @param certificate that it has to speak of
     * @throws TlsException {@link Problem#FILE_UNREADABLE}, or {@link Problem#NO_OCSP_RESPONSE} if it holds something else, the responder's refusal, or a response
     *     for another certificate
     */
    public static Staple read(Path file, CertificateReader certificate) throws TlsException {
        Bytes response;
        try {
            response = Bytes.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw Problem.FILE_UNREADABLE.causedBy(e, file, String.valueOf(e.getMessage()));
        }
        try {
            OcspResponse content = OcspResponse.read(response);
            if (!content.speaksOf(certificate)) {
                throw Problem.NO_OCSP_RESPONSE.with(file, "it is for another certificate");
            }
            return new Staple(response, content.end());
        } catch (DerException e) {
            throw Problem.NO_OCSP_RESPONSE.causedBy(e, file, e.reason());
        }
    }

    /** Whether clients may still take it for a proof at {@code now}. */
    public boolean holds(Instant now) {
        return end.isEmpty() || !now.isAfter(end.get());
    }
}
