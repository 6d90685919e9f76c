package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.PkixTrust;
import dev.akushu.tls.identity.Staple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.SingleResponse;

/** OCSP responses: from a server's own file, beside BouncyCastle's opinion, and from a peer whose certificate demands one. */
public final class OcspTarget {
    /** Within what the response says, and the certificates. */
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private static final int GOOD = 0;
    private static final List<X509Certificate> CHAIN = chain();
    private static final Bytes RESPONSE = readResponse();
    private static final String SIGNED = signed();
    private static final List<Bytes> CERTIFICATES =
            CHAIN.stream().map(OcspTarget::encoded).toList();
    private static final BigInteger SERIAL_NUMBER = CHAIN.getFirst().getSerialNumber();
    private static final CertificateReader OWN = own();
    private static final Trust TRUST =
            PkixTrust.of(List.of(CHAIN.getLast()), "the one of the fuzzer").withClock(() -> NOW);

    private OcspTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        Bytes response = Bytes.copyOf(input);
        staple(response);
        judge(response);
    }

    /** The response that says that the certificate is good, by its issuer. */
    static Bytes response() {
        return RESPONSE;
    }

    /** That certificate, and its issuer's. */
    static List<Bytes> certificates() {
        return CERTIFICATES;
    }

    private static void staple(Bytes response) {
        Staple staple;
        try {
            staple = Staple.read(InputFile.of(response.toArray()), OWN, NOW);
        } catch (TlsException refused) {
            Faults.requireOneOf(
                    refused,
                    Problem.NO_OCSP_RESPONSE,
                    Problem.OCSP_SAYS_UNKNOWN,
                    Problem.OCSP_SAYS_REVOKED,
                    Problem.OCSP_RESPONSE_ENDED);
            return;
        }
        if (!staple.response().equals(response) || !staple.holds(NOW)) {
            throw new AssertionError("what is sent is not what was read, or has ended");
        }
        List<SingleResponse> theirs = readByBouncyCastle(response);
        if (!theirs.isEmpty()) {
            compare(staple, theirs);
        }
    }

    /** The least that must hold: BouncyCastle looks neither for the form of DER nor at the certificates inside. */
    private static void compare(Staple staple, List<SingleResponse> theirs) {
        List<SingleResponse> own = theirs.stream()
                .filter(each -> each.getCertID().getSerialNumber().getValue().equals(SERIAL_NUMBER))
                .toList();
        if (own.isEmpty() || own.stream().anyMatch(each -> each.getCertStatus().getTagNo() != GOOD)) {
            throw new AssertionError("to BouncyCastle the response does not say that the certificate is good");
        }
        for (SingleResponse each : theirs) {
            ASN1GeneralizedTime nextUpdate = each.getNextUpdate();
            if (nextUpdate != null
                    && (staple.end().isEmpty() || staple.end().get().isAfter(time(nextUpdate)))) {
                throw new AssertionError("to BouncyCastle the response ends at " + nextUpdate.getTimeString());
            }
        }
    }

    /** Nothing if BouncyCastle refuses what is read here: the signature and names of the responder are for who verifies. */
    private static List<SingleResponse> readByBouncyCastle(Bytes response) {
        try {
            List<SingleResponse> all = new ArrayList<>();
            basic(response)
                    .getTbsResponseData()
                    .getResponses()
                    .forEach(each -> all.add(SingleResponse.getInstance(each)));
            return all;
        } catch (RuntimeException refused) {
            return List.of();
        }
    }

    private static BasicOCSPResponse basic(Bytes response) {
        return BasicOCSPResponse.getInstance(OCSPResponse.getInstance(ASN1Sequence.getInstance(response.toArray()))
                .getResponseBytes()
                .getResponse()
                .getOctets());
    }

    private static Instant time(ASN1GeneralizedTime time) {
        try {
            return time.getDate().toInstant();
        } catch (ParseException malformed) {
            // DER has one form, which BouncyCastle can read.
            throw new AssertionError("a time that BouncyCastle cannot read: " + time.getTimeString(), malformed);
        }
    }

    /** The certificate is good only with a response, and nobody but its issuer could have signed one. */
    private static void judge(Bytes response) {
        try {
            TRUST.verify(new Trust.PeerChain(Role.SERVER, CERTIFICATES, "localhost", response));
        } catch (TlsException refused) {
            Faults.requireOneOf(refused, Problem.OCSP_RESPONSE_UNUSABLE, Problem.CERTIFICATE_REVOKED);
            return;
        }
        if (!latin(response.toArray()).contains(SIGNED)) {
            throw new AssertionError("a response that nobody has signed is believed");
        }
    }

    private static String signed() {
        try {
            return latin(basic(RESPONSE).getTbsResponseData().getEncoded());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** An octet a character, so that one can be looked for in the other. */
    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static List<X509Certificate> chain() {
        try (InputStream in = OcspTarget.class.getResourceAsStream("stapled.pem")) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (CertificateException malformed) {
            throw new IllegalStateException("The certificates in this jar are malformed", malformed);
        }
    }

    private static Bytes readResponse() {
        try (InputStream in = OcspTarget.class.getResourceAsStream("ocsp.der")) {
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Bytes encoded(X509Certificate certificate) {
        try {
            return Bytes.wrap(certificate.getEncoded());
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static CertificateReader own() {
        try {
            return CertificateReader.of(CERTIFICATES.getFirst());
        } catch (TlsException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
