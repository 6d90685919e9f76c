package dev.akushu.tls;

import dev.akushu.tls.IdentityReading.Content;
import dev.akushu.tls.IdentityReading.Places;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.file.WatchedFiles;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Identities in PEM files that may be replaced while the program runs: renewed certificates are shown from the next full handshake
 * on. Files that cannot be used do no harm: the last identity that could be read stays, and the fault is reported once. No thread is
 * started; a handshake looks at the files' attributes if nobody did so for a while.
 *
 * <p>Certificate and key may be written one after the other, in any order: until they belong together, the old pair stays. Safe for use by many
 * threads.
 */
public final class IdentityFiles implements IdentitySource {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final List<WatchedFiles<Content>> watched;
    private final boolean rawPublicKeys;

    private IdentityFiles(List<WatchedFiles<Content>> watched, boolean rawPublicKeys) {
        this.watched = List.copyOf(watched);
        this.rawPublicKeys = rawPublicKeys;
    }

    /**
     * Reads one identity, and again when a file changes; looks every five seconds at most, faults are logged as warnings.
     *
     * @throws TlsException as {@link Identity#pem(Path, Path, Crypto)}: at the start there has to be one
     */
    public static IdentityFiles of(Path certificates, Path privateKey) throws TlsException {
        return builder().add(certificates, privateKey).build();
    }

    /** For several identities, or other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Chooses among the current identities as {@link IdentitySource#among} does. */
    @Override
    public Optional<Identity> choose(Request request) throws TlsException {
        List<Content> contents = contents();
        // Before the certificates, so that they are shown to those alone who take no raw keys.
        List<Identity> all = new ArrayList<>();
        contents.forEach(content -> content.raw().ifPresent(all::add));
        contents.forEach(content -> all.add(content.certified()));
        return IdentitySource.among(all).choose(request);
    }

    @Override
    public List<CertificateType> types() {
        return rawPublicKeys
                ? List.of(CertificateType.RAW_PUBLIC_KEY, CertificateType.X509)
                : List.of(CertificateType.X509);
    }

    /** What the files held when they could last be read, in the order in which they were added. Looks at them first. */
    public List<Identity> current() {
        return contents().stream().map(Content::certified).toList();
    }

    private List<Content> contents() {
        return watched.stream().map(WatchedFiles::current).toList();
    }

    /** What is watched, and how. */
    public static final class Builder {
        private final List<Places> files = new ArrayList<>();
        private boolean rawPublicKeys;
        private Crypto crypto = Crypto.ownCurves();
        private Duration interval = A_WHILE;
        private @Nullable Consumer<TlsException> onFault;

        private Builder() {}

        /** One more identity; both files may be the same. The first added is shown to clients that name nobody. */
        public Builder add(Path certificates, Path privateKey) {
            return add(new Places(certificates, privateKey, null, List.of()));
        }

        /**
         * As {@link #add(Path, Path)}, with a file that holds an OCSP response in DER, which is sent to clients that ask for one. Whoever replaces it before it ends
         * keeps certificates good that demand one (RFC 7633). When it has ended, it is not sent.
         *
         * <p>If the file cannot be used later on, holds a response for another certificate, one that has ended or one that does not say "good", certificates are renewed all the same: the response that is known for the same certificate stays (unless the new
         * one says "revoked"), and a new certificate is shown without one. A new certificate that demands a response waits for it, unless the old one is good no more. At the start a response that has ended or does not say "good" is a fault that is
         * told of, and none is sent.
         */
        public Builder add(Path certificates, Path privateKey, Path ocspResponse) {
            return add(new Places(certificates, privateKey, ocspResponse, List.of()));
        }

        private Builder add(Places places) {
            files.add(places);
            return this;
        }

        /**
         * Signed certificate timestamps for the certificate that was added last, one in each file as a log's answer has it in binary (RFC 6962 section 3.2); sent to clients that ask for
         * some. One that is older than the certificate must be of another: it is not sent, and told of. So after a renewal none are sent until their files are replaced too.
         *
         * @throws IllegalStateException if nothing was added yet
         */
        public Builder timestamps(List<Path> values) {
            if (files.isEmpty()) {
                throw new IllegalStateException("no certificate was added to which these timestamps could belong");
            }
            Places last = files.removeLast();
            return add(new Places(last.certificates(), last.privateKey(), last.ocspResponse(), values));
        }

        /** Whether peers that take public keys without certificates (RFC 7250) are shown the key alone; off unless turned on. */
        public Builder rawPublicKeys(boolean value) {
            rawPublicKeys = value;
            return this;
        }

        /** Signs; {@link Crypto#ownCurves} unless set. */
        public Builder crypto(Crypto value) {
            crypto = value;
            return this;
        }

        /** The least time between two looks at the files; zero to look in each handshake. Five seconds unless set. */
        public Builder interval(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("a negative interval: " + value);
            }
            interval = value;
            return this;
        }

        /** Hears of files that cannot be used, once a fault, on the thread of a handshake. Logged as warnings unless set. */
        public Builder onFault(Consumer<TlsException> value) {
            onFault = value;
            return this;
        }

        /**
         * Reads all of them.
         *
         * @throws TlsException as {@link Identity#pem(Path, Path, Crypto)}: at the start, each has to be usable
         */
        public IdentityFiles build() throws TlsException {
            if (files.isEmpty()) {
                throw new IllegalStateException("no files were added");
            }
            Consumer<TlsException> hears = onFault == null ? IdentityFiles::log : onFault;
            List<WatchedFiles<Content>> watched = new ArrayList<>();
            for (Places places : files) {
                IdentityReading reading = new IdentityReading(places, crypto, rawPublicKeys, InstantSource.system());
                watched.add(WatchedFiles.read(places.all(), reading, interval, hears));
            }
            return new IdentityFiles(watched, rawPublicKeys);
        }
    }

    private static void log(TlsException fault) {
        LOG.log(Logger.Level.WARNING, "a changed identity file cannot be used: {0}", fault.getMessage());
    }
}
