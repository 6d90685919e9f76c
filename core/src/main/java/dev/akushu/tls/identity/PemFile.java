package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files in PEM, RFC 7468: certificates and private keys, with any text around the blocks. */
public final class PemFile {
    private static final int LARGEST_MIB = 8;

    private static final List<String> CERTIFICATE = List.of("CERTIFICATE", "X509 CERTIFICATE");

    private PemFile() {}

    /**
     * All certificates in {@code file} in DER, in their order; at least one.
     *
     * @throws TlsException {@link Problem#FILE_UNREADABLE}, {@link Problem#NOT_PEM}, {@link Problem#PEM_MISSING} or
     *     {@link Problem#PEM_MALFORMED}
     */
    public static List<Bytes> certificates(Path file) throws TlsException {
        byte[] content = read(file);
        try {
            List<Bytes> certificates = new ArrayList<>();
            for (PemBlock block : wanted(CERTIFICATE, "CERTIFICATE", file, content)) {
                certificates.add(certificate(file, block));
            }
            return List.copyOf(certificates);
        } finally {
            // The private key may be in the same file.
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * The first private key in {@code file}: PKCS#8, or the older forms of PKCS#1 for RSA and SEC 1 for EC.
     *
     * @throws TlsException {@link Problem#FILE_UNREADABLE}, {@link Problem#NOT_PEM}, {@link Problem#PEM_MISSING},
     *     {@link Problem#PEM_MALFORMED}, or {@link Problem#PRIVATE_KEY_UNSUPPORTED} if it is encrypted or of no kind
     *     that TLS 1.3 uses
     */
    public static PrivateKey privateKey(Path file) throws TlsException {
        byte[] content = read(file);
        try {
            PemBlock block =
                    wanted(PrivateKeys.LABELS, "PRIVATE KEY", file, content).getFirst();
            if (block.isEncrypted()) {
                throw Problem.PRIVATE_KEY_UNSUPPORTED.with(file.toString(), PrivateKeys.encrypted(file));
            }
            return PrivateKeys.read(file, block);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * All public keys in {@code file}, as SubjectPublicKeyInfo in DER; at least one.
     *
     * @throws TlsException as {@link #certificates}
     */
    public static List<Bytes> publicKeys(Path file) throws TlsException {
        byte[] content = read(file);
        try {
            List<Bytes> keys = new ArrayList<>();
            for (PemBlock block : wanted(List.of("PUBLIC KEY"), "PUBLIC KEY", file, content)) {
                keys.add(publicKey(file, block));
            }
            return List.copyOf(keys);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static Bytes publicKey(Path file, PemBlock block) throws TlsException {
        Bytes info = Bytes.wrap(block.decode());
        try {
            PeerKey.ofSubjectPublicKeyInfo(info);
        } catch (TlsException e) {
            throw Problem.PEM_MALFORMED.causedBy(e, file.toString(), block.label(), String.valueOf(e.getMessage()));
        }
        return info;
    }

    private static Bytes certificate(Path file, PemBlock block) throws TlsException {
        Bytes der = Bytes.wrap(block.decode());
        try {
            CertificateReader.of(der);
        } catch (TlsException e) {
            Object reason = e.diagnosis().fact("reason");
            throw Problem.PEM_MALFORMED.causedBy(e, file.toString(), block.label(), reason);
        }
        return der;
    }

    /** The blocks with one of these labels, at least one; {@code wanted} is how texts call them. */
    static List<PemBlock> wanted(List<String> labels, String wanted, Path file, byte[] content) throws TlsException {
        List<PemBlock> blocks = PemBlock.scan(file, content);
        if (blocks.isEmpty()) {
            throw Problem.NOT_PEM.with(file.toString(), FileKind.of(content));
        }
        List<PemBlock> fitting =
                blocks.stream().filter(block -> labels.contains(block.label())).toList();
        if (fitting.isEmpty()) {
            List<String> found = blocks.stream().map(PemBlock::label).distinct().toList();
            throw Problem.PEM_MISSING.with(file.toString(), wanted, found);
        }
        return fitting;
    }

    /** The whole file, the caller's to wipe. */
    static byte[] read(Path file) throws TlsException {
        int limit = LARGEST_MIB << 20;
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(limit + 1);
        } catch (IOException e) {
            throw Problem.FILE_UNREADABLE.causedBy(e, file.toString(), reason(file, e));
        }
        if (content.length > limit) {
            throw Problem.FILE_UNREADABLE.with(file.toString(), "larger than " + LARGEST_MIB + " MiB");
        }
        return content;
    }

    private static String reason(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            default -> Files.isDirectory(file) ? "is a directory" : String.valueOf(e.getMessage());
        };
    }
}
