package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which certificates an OCSP response speaks of, and until when; whether it is true is for {@link OcspCheck}. RFC 6960
 * section 4.2.1. Immutable.
 *
 * @param answers at least one
 * @param signers the certificates of who signed it, in DER; none if the issuer itself did
 */
record OcspResponse(List<Answer> answers, List<Bytes> signers) {
    private static final int ENUMERATED = 0x0a;
    private static final int SUCCESSFUL = 0;
    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";

    /** Copies the lists. */
    OcspResponse {
        answers = List.copyOf(answers);
        signers = List.copyOf(signers);
    }

    /** Throws if it is something else, or the responder's refusal. */
    static OcspResponse read(Bytes der) throws DerException {
        DerReader whole = DerReader.of(der.toArray());
        DerReader response = whole.enter(DerReader.SEQUENCE, "OCSPResponse");
        whole.expectEnd("OCSPResponse");
        int start = response.position();
        Bytes status = response.content(ENUMERATED, "responseStatus");
        if (status.length() != 1 || status.at(0) != SUCCESSFUL) {
            throw new DerException(start, "responseStatus " + status.hex());
        }
        DerReader responseBytes =
                response.enter(DerReader.constructed(0), "responseBytes").enter(DerReader.SEQUENCE, "ResponseBytes");
        int typeStart = responseBytes.position();
        String type = responseBytes.objectIdentifier("responseType");
        if (!type.equals(BASIC)) {
            throw new DerException(typeStart, "responseType " + type);
        }
        return basic(responseBytes.enter(DerReader.OCTET_STRING, "response"));
    }

    private static OcspResponse basic(DerReader octets) throws DerException {
        DerReader basic = octets.enter(DerReader.SEQUENCE, "BasicOCSPResponse");
        List<Answer> answers = answers(basic.enter(DerReader.SEQUENCE, "tbsResponseData"));
        basic.enter(DerReader.SEQUENCE, "signatureAlgorithm");
        basic.enter(DerReader.BIT_STRING, "signature");
        List<Bytes> signers = new ArrayList<>();
        if (basic.hasMore()) {
            DerReader certs = basic.enter(DerReader.constructed(0), "certs").enter(DerReader.SEQUENCE, "certs");
            while (certs.hasMore()) {
                signers.add(certs.element("Certificate"));
            }
        }
        return new OcspResponse(answers, signers);
    }

    private static List<Answer> answers(DerReader data) throws DerException {
        if (data.nextIs(DerReader.constructed(0))) {
            data.enterNext("version");
        }
        data.enterNext("responderID");
        data.enter(DerReader.GENERALIZED_TIME, "producedAt");
        DerReader responses = data.enter(DerReader.SEQUENCE, "responses");
        List<Answer> answers = new ArrayList<>();
        do {
            answers.add(answer(responses.enter(DerReader.SEQUENCE, "SingleResponse")));
        } while (responses.hasMore());
        return answers;
    }

    private static Answer answer(DerReader single) throws DerException {
        DerReader certID = single.enter(DerReader.SEQUENCE, "certID");
        certID.enter(DerReader.SEQUENCE, "hashAlgorithm");
        certID.enter(DerReader.OCTET_STRING, "issuerNameHash");
        certID.enter(DerReader.OCTET_STRING, "issuerKeyHash");
        Bytes serialNumber = certID.integer("serialNumber");
        single.enterNext("certStatus");
        single.enter(DerReader.GENERALIZED_TIME, "thisUpdate");
        if (!single.nextIs(DerReader.constructed(0))) {
            return new Answer(serialNumber, Optional.empty());
        }
        DerReader nextUpdate = single.enter(DerReader.constructed(0), "nextUpdate");
        return new Answer(serialNumber, Optional.of(nextUpdate.time("nextUpdate")));
    }

    /** Whether it speaks of {@code certificate}; of one with its serial number, for who knows their issuer. */
    boolean speaksOf(CertificateReader certificate) {
        return answers.stream().anyMatch(answer -> answer.serialNumber().equals(certificate.serialNumber()));
    }

    /**
     * The last moment at which all that it says holds, and all who signed it may; empty if it does not say so. RFC 6960 section 4.2.2.1: without nextUpdate newer
     * information is there all the time.
     */
    Optional<Instant> end() {
        Instant end = Instant.MAX;
        for (Answer answer : answers) {
            if (answer.nextUpdate().isEmpty()) {
                return Optional.empty();
            }
            end = earlier(end, answer.nextUpdate().get());
        }
        for (Bytes signer : signers) {
            try {
                end = earlier(end, CertificateReader.of(signer).notAfter());
            } catch (TlsException _) {
                // Who signed it, and until when, is then only known to whoever can read it.
                return Optional.empty();
            }
        }
        return Optional.of(end);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * What is said of one certificate.
     *
     * @param serialNumber the content of the INTEGER
     * @param nextUpdate by when there will be newer information
     */
    record Answer(Bytes serialNumber, Optional<Instant> nextUpdate) {}
}
