package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.OcspResponse.Status;
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
 * @param end after it the response proves nothing; empty if it does not say so
 */
public record Staple(Bytes response, Optional<Instant> end) {
    /**
     * The response in {@code file}.
     *
     * @param certificate that it has to speak of
     * @throws TlsException {@link Problem#FILE_UNREADABLE}; {@link Problem#NO_OCSP_RESPONSE} if it holds something else, the responder's refusal, or a response
     *     for another certificate; {@link Problem#OCSP_SAYS_UNKNOWN}, {@link Problem#OCSP_SAYS_REVOKED} or {@link Problem#OCSP_RESPONSE_ENDED} if
     *     clients cannot take it for a proof at {@code now}
     */
    public static Staple read(Path file, CertificateReader certificate, Instant now) throws TlsException {
        Bytes response;
        try {
            response = Bytes.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw Problem.FILE_UNREADABLE.causedBy(e, file, String.valueOf(e.getMessage()));
        }
        OcspResponse content;
        try {
            content = OcspResponse.read(response);
        } catch (DerException e) {
            throw Problem.NO_OCSP_RESPONSE.causedBy(e, file, e.reason());
        }
        Status status = content.statusOf(certificate)
                .orElseThrow(() -> Problem.NO_OCSP_RESPONSE.with(file, "it is for another certificate"));
        switch (status) {
            case GOOD -> {}
            case UNKNOWN -> throw Problem.OCSP_SAYS_UNKNOWN.with(file);
            case REVOKED -> throw Problem.OCSP_SAYS_REVOKED.with(file);
        }
        Staple staple = new Staple(response, content.knownEnd());
        if (!staple.holds(now)) {
            throw Problem.OCSP_RESPONSE_ENDED.with(file, staple.end().orElseThrow());
        }
        return staple;
    }

    /** Whether clients may still take it for a proof at {@code now}. */
    public boolean holds(Instant now) {
        return end.isEmpty() || !now.isAfter(end.get());
    }
}
