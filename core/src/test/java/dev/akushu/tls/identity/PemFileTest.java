package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemFileTest {
    private final TestPki pki = TestPki.create();
    private final Issued leaf = pki.leaf(TestKey.P256, "example.org");

    @TempDir
    private Path folder;

    @Test
    void certificatesAreReadInTheirOrder() throws Exception {
        assertThat(PemFile.certificates(write(leaf.chainPem()))).isEqualTo(leaf.chainDer());
    }

    @Test
    void textAroundTheBlocksIsPassedOver() throws Exception {
        String text =
                "Certificate:\n  Data: -----BEGIN nothing\n" + leaf.chainPem() + "Bag Attributes\n" + key() + "the end";
        Path file = write(text);

        assertThat(PemFile.certificates(file)).isEqualTo(leaf.chainDer());
        assertThat(PemFile.privateKey(file)).isEqualTo(leaf.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", " \n"})
    void linesMayEndInAnyWay(String end) throws Exception {
        assertThat(PemFile.certificates(write(leaf.chainPem().replace("\n", end))))
                .isEqualTo(leaf.chainDer());
    }

    @Test
    void byteOrderMarkAndMissingLastLineFeedDoNotMatter() throws Exception {
        assertThat(PemFile.certificates(write("\ufeff" + leaf.chainPem().stripTrailing())))
                .isEqualTo(leaf.chainDer());
    }

    @ParameterizedTest
    @EnumSource
    void privateKeysOfAllKindsAreReadInPkcs8(TestKey kind) throws Exception {
        PrivateKey key = kind.shared().getPrivate();
        assertThat(PemFile.privateKey(write(Issued.pem("PRIVATE KEY", key.getEncoded()))))
                .isEqualTo(key);
    }

    @Test
    void mlDsaKeyMayHaveItsSeedBesideIt() throws Exception {
        PrivateKey key = TestKey.ML_DSA_65.shared().getPrivate();
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        ASN1OctetString expanded = ASN1OctetString.getInstance(info.parsePrivateKey());
        byte[] seed = new byte[32];
        ASN1EncodableVector both = new ASN1EncodableVector();
        both.add(new DEROctetString(seed));
        both.add(expanded);

        assertThat(PemFile.privateKey(write(mlDsa(info, new DERSequence(both)))))
                .isEqualTo(key);
    }

    /** RFC 9881 section 6. BouncyCastle expands the seed by code of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
    void mlDsaKeyMayBeItsSeedAlone(String kind) throws Exception {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(KeyPairGenerator.getInstance(kind)
                .generateKeyPair()
                .getPrivate()
                .getEncoded());
        byte[] seed = new byte[32];
        new Random(9881).nextBytes(seed);
        MLDSAPrivateKeyParameters other = new MLDSAPrivateKeyParameters(
                switch (kind) {
                    case "ML-DSA-44" -> MLDSAParameters.ml_dsa_44;
                    case "ML-DSA-65" -> MLDSAParameters.ml_dsa_65;
                    default -> MLDSAParameters.ml_dsa_87;
                },
                seed);

        PrivateKey read = PemFile.privateKey(write(mlDsa(info, seedAlone(seed))));

        assertThat(PrivateKeyInfo.getInstance(read.getEncoded()).parsePrivateKey())
                .isEqualTo(new DEROctetString(other.getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void mlDsaSeedHas32Bytes(int length) throws Exception {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(
                TestKey.ML_DSA_65.shared().getPrivate().getEncoded());

        assertProblem(
                () -> PemFile.privateKey(write(mlDsa(info, seedAlone(new byte[length])))),
                Problem.PRIVATE_KEY_UNSUPPORTED,
                file(),
                "its seed has " + length + " bytes, not 32");
    }

    private static ASN1Encodable seedAlone(byte[] seed) {
        return new DERTaggedObject(false, 0, new DEROctetString(seed));
    }

    private static String mlDsa(PrivateKeyInfo info, ASN1Encodable privateKey) throws IOException {
        byte[] pkcs8 = new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), privateKey).getEncoded("DER");
        return Issued.pem("PRIVATE KEY", pkcs8);
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "P521"})
    void ecKeyIsReadInTheFormOfSec1(TestKey kind) throws Exception {
        PrivateKeyInfo info =
                PrivateKeyInfo.getInstance(kind.shared().getPrivate().getEncoded());
        ECPrivateKey key = (ECPrivateKey) kind.shared().getPrivate();
        byte[] sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(
                        key.getParams().getOrder().bitLength(),
                        key.getS(),
                        info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded("DER");
        String parameters = Issued.pem(
                "EC PARAMETERS",
                info.getPrivateKeyAlgorithm().getParameters().toASN1Primitive().getEncoded("DER"));

        PrivateKey read = PemFile.privateKey(write(parameters + Issued.pem("EC PRIVATE KEY", sec1)));

        assertThat(((ECPrivateKey) read).getS()).isEqualTo(key.getS());
        assertThat(((ECPrivateKey) read).getParams().getCurve())
                .isEqualTo(key.getParams().getCurve());
    }

    @Test
    void rsaKeyIsReadInTheFormOfPkcs1() throws Exception {
        PrivateKey key = TestKey.RSA_2048.shared().getPrivate();
        byte[] pkcs1 = PrivateKeyInfo.getInstance(key.getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded("DER");

        assertThat(PemFile.privateKey(write(Issued.pem("RSA PRIVATE KEY", pkcs1))))
                .isEqualTo(key);
    }

    @Test
    void ecKeyThatDoesNotNameItsCurveIsUnsupported() throws Exception {
        byte[] sec1 = Bytes.fromHex("30060201010401" + "07").toArray();
        assertProblem(
                () -> PemFile.privateKey(write(Issued.pem("EC PRIVATE KEY", sec1))),
                Problem.PRIVATE_KEY_UNSUPPORTED,
                file(),
                "it does not name its curve");
    }

    @Test
    void encryptedKeyIsUnsupportedAndTheReasonSaysHowToDecryptIt() throws Exception {
        String reason = "it is encrypted; decrypt it with: openssl pkey -in " + file() + " -out key.pem";
        String pkcs8 = Issued.pem("ENCRYPTED PRIVATE KEY", new byte[] {0x30, 0});
        String old = """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """;

        assertProblem(() -> PemFile.privateKey(write(pkcs8)), Problem.PRIVATE_KEY_UNSUPPORTED, file(), reason);
        assertProblem(() -> PemFile.privateKey(write(old)), Problem.PRIVATE_KEY_UNSUPPORTED, file(), reason);
    }

    @Test
    void keyOfAnAlgorithmThatCannotSignIsUnsupported() throws Exception {
        byte[] x25519 = KeyPairGenerator.getInstance("X25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        assertProblem(
                () -> PemFile.privateKey(write(Issued.pem("PRIVATE KEY", x25519))),
                Problem.PRIVATE_KEY_UNSUPPORTED,
                file(),
                "TLS 1.3 has no signature scheme for the algorithm 1.3.101.110");
    }

    @Test
    void fileThatIsNoPemIsNamedForWhatItIs() throws Exception {
        assertNotPem(new byte[0], "empty file");
        assertNotPem(leaf.der().toArray(), "DER");
        assertNotPem(pkcs12(), "PKCS#12");
        assertNotPem(Bytes.fromHex("feedfeed00000002").toArray(), "Java key store (JKS)");
        assertNotPem("hello\u0000world".getBytes(StandardCharsets.US_ASCII), "hello.world");
        assertNotPem("x".repeat(100).getBytes(StandardCharsets.US_ASCII), "x".repeat(32));
    }

    @Test
    void blockThatIsMissingIsNamedWithThoseThatAreThere() throws Exception {
        assertProblem(
                () -> PemFile.privateKey(write(leaf.chainPem())),
                Problem.PEM_MISSING,
                file(),
                "PRIVATE KEY",
                List.of("CERTIFICATE"));
        assertProblem(
                () -> PemFile.certificates(write(key())),
                Problem.PEM_MISSING,
                file(),
                "CERTIFICATE",
                List.of("PRIVATE KEY"));
    }

    @Test
    void blockThatIsDamagedIsMalformed() throws Exception {
        String pem = leaf.chainPem();
        String endMissing = "its line -----END CERTIFICATE----- is missing";
        assertMalformed(pem.replace("-----END", "----END"), endMissing);
        assertMalformed(pem.substring(0, 200), endMissing);
        assertMalformed(pem.replaceFirst("-----END CERTIFICATE-----\n", ""), endMissing);
        assertMalformed(pem.replaceFirst("MII", "M!I"), "not Base64");
        assertMalformed(Issued.pem("CERTIFICATE", new byte[] {0x31, 0}), "Certificate has the tag 0x31, not 0x30");
    }

    @Test
    void keyThatIsDamagedIsMalformed() throws Exception {
        assertProblem(
                () -> PemFile.privateKey(write(Issued.pem("PRIVATE KEY", new byte[] {0x30, 5}))),
                Problem.PEM_MALFORMED,
                file(),
                "PRIVATE KEY",
                "PrivateKeyInfo needs 5 bytes, 0 are left");
    }

    @Test
    void fileThatCannotBeReadSaysWhy() throws Exception {
        Path absent = folder.resolve("absent.pem");
        assertProblem(() -> PemFile.certificates(absent), Problem.FILE_UNREADABLE, absent.toString(), "no such file");
        assertProblem(() -> PemFile.certificates(folder), Problem.FILE_UNREADABLE, folder.toString(), "is a directory");
    }

    @Test
    void fileOfAbsurdSizeIsNotRead() throws Exception {
        Path large = Files.write(folder.resolve("large.pem"), new byte[(8 << 20) + 1]);
        assertProblem(
                () -> PemFile.certificates(large), Problem.FILE_UNREADABLE, large.toString(), "larger than 8 MiB");
    }

    private byte[] pkcs12() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("leaf", leaf.certificate());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, "changeit".toCharArray());
        return out.toByteArray();
    }

    private void assertNotPem(byte[] content, String found) throws IOException {
        Files.write(folder.resolve("file.pem"), content);
        assertProblem(() -> PemFile.certificates(folder.resolve("file.pem")), Problem.NOT_PEM, file(), found);
    }

    private void assertMalformed(String text, String reason) {
        assertProblem(() -> PemFile.certificates(write(text)), Problem.PEM_MALFORMED, file(), "CERTIFICATE", reason);
    }

    private static void assertProblem(ThrowingCallable call, Problem problem, Object... facts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.diagnosis()).isEqualTo(problem.diagnosis(facts)));
    }

    private String key() {
        return Issued.pem("PRIVATE KEY", leaf.key().getEncoded());
    }

    private String file() {
        return folder.resolve("file.pem").toString();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("file.pem"), text);
    }
}
