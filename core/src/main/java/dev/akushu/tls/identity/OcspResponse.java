package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an OCSP response says of which certificates, and until when; whether it is true is for {@link OcspCheck}. RFC 6960
 * section 4.2.1. Immutable.
 *
 * @param answers at least one
 * @param signers the certificates that it brings; none if the issuer itself signed
 */
record OcspResponse(List<Answer> answers, List<Signer> signers) {
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
        List<Signer> signers = new ArrayList<>();
        if (basic.hasMore()) {
            DerReader certs = basic.enter(DerReader.constructed(0), "certs").enter(DerReader.SEQUENCE, "certs");
            while (certs.hasMore()) {
                signers.add(Signer.of(certs.element("Certificate")));
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
        Status status = Status.read(single);
        single.enter(DerReader.GENERALIZED_TIME, "thisUpdate");
        if (!single.nextIs(DerReader.constructed(0))) {
            return new Answer(serialNumber, status, Optional.empty());
        }
        DerReader nextUpdate = single.enter(DerReader.constructed(0), "nextUpdate");
        return new Answer(serialNumber, status, Optional.of(nextUpdate.time("nextUpdate")));
    }

    /** What it says of {@code certificate}: of one with its serial number, for who knows their issuer. The worst, if it says several things; empty if nothing. */
    Optional<Status> statusOf(CertificateReader certificate) {
        return answers.stream()
                .filter(answer -> answer.serialNumber().equals(certificate.serialNumber()))
                .map(Answer::status)
                .max(Comparator.naturalOrder());
    }

    /** When the first thing that it says, or the first certificate in it, is good no more, as far as that can be read; empty if nothing names an end. */
    Optional<Instant> knownEnd() {
        Stream<Instant> updates = answers.stream().flatMap(answer -> answer.nextUpdate().stream());
        Stream<Instant> signed = signers.stream().flatMap(signer -> signer.notAfter().stream());
        return Stream.concat(updates, signed).min(Comparator.naturalOrder());
    }

    /**
     * Until then all that it says holds, and all who signed it may sign; {@link Instant#MIN} if it does not say so of each. RFC 6960 section 4.2.2.1: without nextUpdate newer information is there
     * all the time.
     */
    Instant certainEnd() {
        boolean allKnown =
                answers.stream().allMatch(answer -> answer.nextUpdate().isPresent())
                        && signers.stream().allMatch(signer -> signer.notAfter().isPresent());
        return allKnown ? knownEnd().orElse(Instant.MIN) : Instant.MIN;
    }

    /** CertStatus, from the best to the worst. */
    enum Status {
        GOOD(DerReader.primitive(0)),
        UNKNOWN(DerReader.primitive(2)),
        REVOKED(DerReader.constructed(1));

        private final int tag;

        Status(int tag) {
            this.tag = tag;
        }

        private static Status read(DerReader single) throws DerException {
            int start = single.position();
            int tag = single.peekTag("certStatus");
            single.enterNext("certStatus");
            for (Status status : values()) {
                if (status.tag == tag) {
                    return status;
                }
            }
            throw new DerException(start, String.format("certStatus has the tag 0x%02x", tag));
        }
    }

    /**
     * What is said of one certificate.
     *
     * @param serialNumber the content of the INTEGER
     * @param nextUpdate by when there will be newer information
     */
    record Answer(Bytes serialNumber, Status status, Optional<Instant> nextUpdate) {}

    /**
     * The certificate of who may have signed.
     *
     * @param notAfter when it ends; empty if that cannot be read
     */
    record Signer(Optional<Instant> notAfter) {
        private static Signer of(Bytes certificate) {
            try {
                return new Signer(Optional.of(CertificateReader.of(certificate).notAfter()));
            } catch (TlsException _) {
                // Others may be able to read it, and to take the response.
                return new Signer(Optional.empty());
            }
        }
    }
}
