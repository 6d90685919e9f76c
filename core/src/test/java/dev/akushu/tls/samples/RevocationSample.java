package dev.akushu.tls.samples;

import dev.akushu.tls.Revocation;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.nio.file.Path;

/** A client that does not accept certificates on a revocation list. */
final class RevocationSample {
    private RevocationSample() {}

    // sample: revocation
    static TlsClient client(Path caFile, Path listFile) throws TlsException {
        Revocation revocation = Revocation.listFile(listFile).forOwnCertificateOnly();
        return TlsClient.builder(Trust.pem(caFile, revocation)).build();
    }
    // end
}
