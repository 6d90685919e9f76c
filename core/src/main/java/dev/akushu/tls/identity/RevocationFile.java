package dev.akushu.tls.identity;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;

/** Files with certificate revocation lists, as CAs publish them. */
public final class RevocationFile {
    private static final String LABEL = "X509 CRL";

    private RevocationFile() {}

    /**
     * All lists in {@code file}, at least one: blocks of PEM, or one list in DER.
     *
     * @throws TlsException {@link Problem#FILE_UNREADABLE}, {@link Problem#NOT_PEM}, {@link Problem#PEM_MISSING} or
     *     {@link Problem#PEM_MALFORMED}
     */
    public static List<X509CRL> read(Path file) throws TlsException {
        byte[] content = PemFile.read(file);
        if (content.length > 0 && content[0] == DerReader.SEQUENCE) {
            return List.of(list(file, "DER", content));
        }
        List<X509CRL> lists = new ArrayList<>();
        for (PemBlock block : PemFile.wanted(List.of(LABEL), LABEL, file, content)) {
            lists.add(list(file, block.label(), block.decode()));
        }
        return List.copyOf(lists);
    }

    private static X509CRL list(Path file, String label, byte[] der) throws TlsException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (CRLException e) {
            throw Problem.PEM_MALFORMED.causedBy(e, file.toString(), label, String.valueOf(e.getMessage()));
        } catch (CertificateException e) {
            throw new IllegalStateException("every JVM has X.509", e);
        }
    }
}
