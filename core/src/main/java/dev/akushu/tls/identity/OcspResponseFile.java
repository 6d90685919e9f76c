package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with an OCSP response. RFC 6960 section 4.2.1. */
public final class OcspResponseFile {
    private static final int ENUMERATED = 0x0a;
    private static final int SUCCESSFUL = 0;

    private OcspResponseFile() {}

    /**
     * The response, in DER as it is sent.
     *
     * @throws TlsException {@link Problem#FILE_UNREADABLE}, or {@link Problem#NO_OCSP_RESPONSE} if it holds something else, or the responder's refusal
     */
    public static Bytes read(Path file) throws TlsException {
        Bytes response;
        try {
            response = Bytes.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw Problem.FILE_UNREADABLE.causedBy(e, file, String.valueOf(e.getMessage()));
        }
        try {
            requireSuccessful(file, response);
            return response;
        } catch (DerException e) {
            throw Problem.NO_OCSP_RESPONSE.causedBy(e, file, e.reason());
        }
    }

    private static void requireSuccessful(Path file, Bytes der) throws TlsException, DerException {
        DerReader whole = DerReader.of(der.toArray());
        DerReader response = whole.enter(DerReader.SEQUENCE, "OCSPResponse");
        whole.expectEnd("OCSPResponse");
        Bytes status = response.content(ENUMERATED, "responseStatus");
        if (status.length() != 1 || status.at(0) != SUCCESSFUL) {
            throw Problem.NO_OCSP_RESPONSE.with(file, "responseStatus " + status.hex());
        }
    }
}
