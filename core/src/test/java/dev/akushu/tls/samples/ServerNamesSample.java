package dev.akushu.tls.samples;

import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentityFiles;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server with certificates for several names, and one that shows renewed certificates. */
final class ServerNamesSample {
    private ServerNamesSample() {}

    // sample: several names
    static TlsServer server(Identity shop, Identity blog) {
        return TlsServer.builder(IdentitySource.among(List.of(shop, blog))).build();
    }
    // end

    // sample: renewed certificates
    static TlsServer watching(Path shop, Path blog, Duration interval) throws TlsException {
        IdentityFiles identities = IdentityFiles.builder()
                .add(shop.resolve("chain.pem"), shop.resolve("key.pem"))
                .add(blog.resolve("chain.pem"), blog.resolve("key.pem"))
                .interval(interval) // the least time between two looks; 5 seconds unless set
                .onFault(fault -> System.err.println(fault.getMessage())) // the old certificate stays in use
                .build();
        return TlsServer.builder(identities).build();
    }
    // end
}
