package dev.akushu.tls;

import dev.akushu.tls.wire.WireReader;
import java.time.Instant;

/**
 * A signed certificate timestamp: a log's promise that it has seen the certificate. RFC 6962 section 3.2. Whether the promise is good is for those to check who know the log's key.
 *
 * @param logId SHA-256 of the log's public key
 * @param timestamp when the log saw the certificate, to the millisecond
 * @param extensions mostly empty
 * @param hashAlgorithm the code of the signature's hash as TLS 1.2 had it, 4 for SHA-256
 * @param signatureAlgorithm the code of the signature's kind as TLS 1.2 had it, 3 for ECDSA
 * @param signature over the certificate and the fields above
 */
public record SignedCertificateTimestamp(
        Bytes logId, Instant timestamp, Bytes extensions, int hashAlgorithm, int signatureAlgorithm, Bytes signature) {
    private static final int V1 = 0;
    private static final int LOG_ID_LENGTH = 32;

    /**
     * Reads one of {@link TlsHandshake#timestamps} or {@link Trust.PeerChain#timestamps}.
     *
     * @throws TlsException of the category MALFORMED if it is none of version 1
     */
    public static SignedCertificateTimestamp of(Bytes serialized) throws TlsException {
        WireReader in = WireReader.of(serialized.toArray());
        int version = in.u8("sct_version");
        if (version != V1) {
            throw Problem.ILLEGAL_VALUE.with("sct_version", version, "must be 0, v1");
        }
        Bytes logId = in.fixed("log_id", LOG_ID_LENGTH);
        long milliseconds = in.u32("timestamp") << 32 | in.u32("timestamp");
        Bytes extensions = in.vector16("CtExtensions", 0, 0xffff);
        int hash = in.u8("hash");
        int kind = in.u8("signature_algorithm");
        Bytes signature = in.vector16("signature", 0, 0xffff);
        in.expectEnd("SignedCertificateTimestamp");
        return new SignedCertificateTimestamp(
                logId, Instant.ofEpochMilli(milliseconds), extensions, hash, kind, signature);
    }
}
