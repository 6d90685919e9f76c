package dev.akushu.tls.identity;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Revocation;
import dev.akushu.tls.Role;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.Vectors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** One case of C2SP's x509-limbo: a chain, who is trusted, when and for whom, and what should come of it. */
record LimboCase(Map<?, ?> fields) {
    /** For the cases that set no time: about the day on which the others were made. */
    private static final Instant TODAY = Instant.parse("2026-11-24T12:00:00Z");

    /** All cases, of the shared vectors. */
    static List<LimboCase> all() throws IOException {
        try (InputStream in = new XZInputStream(Files.newInputStream(Vectors.find("limbo/limbo.json.xz")))) {
            List<?> cases = (List<?>) JSON.std.mapFrom(in).get("testcases");
            return cases.stream()
                    .map(fields -> new LimboCase((Map<?, ?>) fields))
                    .toList();
        }
    }

    String id() {
        return (String) fields.get("id");
    }

    boolean shouldBeAccepted() {
        return switch ((String) fields.get("expected_result")) {
            case "SUCCESS" -> true;
            case "FAILURE" -> false;
            default -> throw new IllegalArgumentException("expected_result of " + id());
        };
    }

    /** Limits that a caller sets for one verification; {@link PkixTrust} has none such. */
    boolean limitsTheDepth() {
        return fields.get("max_chain_depth") != null;
    }

    /** The trust that the case describes. */
    PkixTrust trust() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> anchors = new ArrayList<>();
        for (byte[] der : blocks("trusted_certs")) {
            anchors.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        PkixTrust trust = PkixTrust.of(anchors, "limbo").withClock(InstantSource.fixed(time()));
        List<X509CRL> lists = new ArrayList<>();
        for (byte[] der : blocks("crls")) {
            lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(der)));
        }
        return lists.isEmpty() ? trust : trust.withRevocation(Revocation.lists(lists));
    }

    PeerChain peer() {
        Role role = fields.get("validation_kind").equals("SERVER") ? Role.SERVER : Role.CLIENT;
        List<Bytes> chain = new ArrayList<>();
        chain.add(Bytes.wrap(der((String) fields.get("peer_certificate"))));
        blocks("untrusted_intermediates").forEach(der -> chain.add(Bytes.wrap(der)));
        return new PeerChain(role, chain, hostName(), null);
    }

    private @Nullable String hostName() {
        Map<?, ?> name = (Map<?, ?>) fields.get("expected_peer_name");
        return name == null ? null : (String) name.get("value");
    }

    private Instant time() {
        Object time = fields.get("validation_time");
        return time == null ? TODAY : OffsetDateTime.parse((String) time).toInstant();
    }

    private List<byte[]> blocks(String field) {
        Object blocks = fields.get(field);
        return blocks == null
                ? List.of()
                : ((List<?>) blocks).stream().map(block -> der((String) block)).toList();
    }

    private static byte[] der(String pem) {
        String base64 = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
    }
}
