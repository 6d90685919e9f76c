package dev.akushu.lab.record;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.trace.TraceEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Writes what a person wants to know of a certificate. Whether it is any good is for the handshake to say, not for this. */
final class CertificateJson {
    private static final int LENGTH_PREFIX = 3;

    private CertificateJson() {}

    /** The certificates in a Certificate message, found by the annotation of its bytes; empty for any other message. */
    static List<Bytes> in(TraceEvent.Message message, List<Field> fields) {
        return fields.stream()
                .filter(field -> field.name().equals("cert_data") && field.length() > LENGTH_PREFIX)
                .map(field -> message.message().slice(field.offset() + LENGTH_PREFIX, field.length() - LENGTH_PREFIX))
                .toList();
    }

    static void write(JsonGenerator json, List<Bytes> chain) throws IOException {
        json.writeArrayFieldStart("certificates");
        for (Bytes der : chain) {
            json.writeStartObject();
            json.writeNumberField("length", der.length());
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                facts(json, (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray())));
            } catch (CertificateException unreadable) {
                // The JDK refuses certificates that other stacks accept; then only the length is told.
                json.writeNullField("subject");
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void facts(JsonGenerator json, X509Certificate certificate)
            throws IOException, CertificateParsingException {
        json.writeStringField("subject", certificate.getSubjectX500Principal().getName());
        json.writeStringField("issuer", certificate.getIssuerX500Principal().getName());
        json.writeStringField(
                "notBefore", certificate.getNotBefore().toInstant().toString());
        json.writeStringField("notAfter", certificate.getNotAfter().toInstant().toString());
        json.writeStringField("key", key(certificate.getPublicKey()));
        json.writeStringField("signature", certificate.getSigAlgName());
        json.writeArrayFieldStart("names");
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            json.writeString(Objects.toString(name.get(1)));
        }
        json.writeEndArray();
    }

    /** Kind and size. */
    private static String key(PublicKey key) {
        return switch (key) {
            case ECPublicKey curve ->
                key.getAlgorithm() + " " + curve.getParams().getOrder().bitLength() + " bits";
            case RSAPublicKey modulus ->
                key.getAlgorithm() + " " + modulus.getModulus().bitLength() + " bits";
            default -> key.getAlgorithm();
        };
    }
}
