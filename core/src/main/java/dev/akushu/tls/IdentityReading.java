package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.file.WatchedFiles;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.Staple;
import dev.akushu.tls.identity.TimestampFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one identity. It remembers what it read last, because a fault of what goes beside the certificate need not cost
 * the certificate. For one thread at a time.
 */
final class IdentityReading implements WatchedFiles.Reading<IdentityReading.Content> {
    /** Of SignedCertificateTimestampList, in bytes with two for each length. RFC 6962 section 3.3. */
    private static final int LONGEST_TIMESTAMPS = 0xffff;

    private final Places places;
    private final Crypto crypto;
    private final boolean rawPublicKeys;
    private final InstantSource clock;
    private @Nullable Shown last;

    /**
     * Nothing is read yet.
     *
     * @param rawPublicKeys whether the key is shown without its certificate too
     */
    IdentityReading(Places places, Crypto crypto, boolean rawPublicKeys, InstantSource clock) {
        this.places = places;
        this.crypto = crypto;
        this.rawPublicKeys = rawPublicKeys;
        this.clock = clock;
    }

    @Override
    public Content read(Consumer<TlsException> leftOut) throws TlsException {
        Identity identity = Identity.pem(places.certificates(), places.privateKey(), crypto);
        Optional<Identity> raw = rawPublicKeys ? Optional.of(identity.withoutCertificates()) : Optional.empty();
        CertificateReader certificate = CertificateReader.of(identity.chain().getFirst());
        Path ocspResponse = places.ocspResponse();
        Optional<Staple> staple = ocspResponse == null ? Optional.empty() : staple(ocspResponse, certificate, leftOut);
        List<Bytes> timestamps = timestamps(certificate, leftOut);
        last = new Shown(certificate, staple);
        return new Content(identity.withOcspResponse(() -> current(staple)).withTimestamps(() -> timestamps), raw);
    }

    /** Whoever names a wrong file hears of it at once; later on a certificate is shown without those that are not its own. */
    private List<Bytes> timestamps(CertificateReader certificate, Consumer<TlsException> leftOut) throws TlsException {
        List<Bytes> timestamps = new ArrayList<>();
        int together = 0;
        for (Path file : places.timestamps()) {
            try {
                Bytes timestamp = TimestampFile.read(file, certificate);
                int more = together + 2 + timestamp.length();
                if (more > LONGEST_TIMESTAMPS) {
                    throw Problem.TIMESTAMPS_TOO_LONG.with(file, more, LONGEST_TIMESTAMPS);
                }
                together = more;
                timestamps.add(timestamp);
            } catch (TlsException fault) {
                if (last == null && fault.problem() != Problem.TIMESTAMP_BEFORE_CERTIFICATE) {
                    throw fault;
                }
                leftOut.accept(fault);
            }
        }
        return List.copyOf(timestamps);
    }

    /** RFC 9846 4.5.1.1 lets a server send what it likes; but clients refuse a connection for a response that has ended, which they would not without one. */
    private Optional<Bytes> current(Optional<Staple> staple) {
        return staple.filter(one -> one.holds(clock.instant())).map(Staple::response);
    }

    private Optional<Staple> staple(Path file, CertificateReader certificate, Consumer<TlsException> leftOut)
            throws TlsException {
        try {
            return Optional.of(Staple.read(file, certificate, clock.instant()));
        } catch (TlsException fault) {
            Optional<Staple> known = last == null ? atStart(fault) : instead(last, certificate, fault);
            leftOut.accept(fault);
            return known;
        }
    }

    /** Whoever names a wrong file hears of it at once; but no server has to stay down because a response is late. */
    private static Optional<Staple> atStart(TlsException fault) throws TlsException {
        return switch (fault.problem()) {
            case OCSP_SAYS_UNKNOWN, OCSP_SAYS_REVOKED, OCSP_RESPONSE_ENDED -> Optional.empty();
            default -> throw fault;
        };
    }

    private Optional<Staple> instead(Shown before, CertificateReader certificate, TlsException fault)
            throws TlsException {
        if (before.certificate().der().equals(certificate.der())) {
            // Clients would still believe what was said before; but now it is known to be wrong.
            return fault.problem() == Problem.OCSP_SAYS_REVOKED ? Optional.empty() : before.staple();
        }
        // RFC 7633: clients refuse this certificate without a response, and not the one before it.
        if (isDemandedBy(certificate) && before.isGood(clock.instant())) {
            throw fault;
        }
        return Optional.empty();
    }

    private static boolean isDemandedBy(CertificateReader certificate) throws TlsException {
        return certificate.tlsFeatures().contains(ExtensionType.STATUS_REQUEST.code());
    }

    /**
     * Where the files are.
     *
     * @param ocspResponse or null if there is none
     */
    record Places(
            Path certificates, Path privateKey, @Nullable Path ocspResponse, List<Path> timestamps) {
        /** Copies the list. */
        Places {
            timestamps = List.copyOf(timestamps);
        }

        List<Path> all() {
            List<Path> all = new ArrayList<>(List.of(certificates, privateKey));
            if (ocspResponse != null) {
                all.add(ocspResponse);
            }
            all.addAll(timestamps);
            return all;
        }
    }

    /**
     * What the files hold.
     *
     * @param raw the key alone, made once a reading and not in each handshake; empty if it is not to be shown
     */
    record Content(Identity certified, Optional<Identity> raw) {}

    /** What clients are shown of it. */
    private record Shown(CertificateReader certificate, Optional<Staple> staple) {
        /** Whether clients accept it at {@code now}. */
        boolean isGood(Instant now) throws TlsException {
            boolean proved = staple.isPresent() && staple.get().holds(now);
            return !now.isAfter(certificate.notAfter()) && (proved || !isDemandedBy(certificate));
        }
    }
}
