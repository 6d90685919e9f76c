package dev.akushu.tls.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.security.Provider;

/** The only class that mentions Amazon Corretto Crypto Provider, so that the others can do without it. */
final class AccpLoader {
    private AccpLoader() {}

    /** Throws a {@link LinkageError} if it is not there, or not for this machine. */
    static Provider load() throws TlsException {
        AmazonCorrettoCryptoProvider accp = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable failed = accp.getLoadingError();
        if (failed != null) {
            throw (LinkageError) new UnsatisfiedLinkError(String.valueOf(failed.getMessage())).initCause(failed);
        }
        if (accp.runSelfTests() != SelfTestStatus.PASSED) {
            throw Problem.ACCELERATOR_WRONG.with(Origin.of(accp), "HMAC", "its own test says so");
        }
        return accp;
    }
}
