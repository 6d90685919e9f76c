package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Certificate;
import org.junit.jupiter.api.Test;

/** Keys and signatures that a path is refused for. */
class PkixTrustAlgorithmsTest {
    private final TestPki pki = TestPki.create();

    @Test
    void keyThatTls13HasNoUseForIsRefused() throws GeneralSecurityException {
        KeyPair dsa = KeyPairGenerator.getInstance("DSA").generateKeyPair();
        Issued leaf =
                pki.issue(CertificateRecipe.host(TestKey.P256, "example.org").keys(dsa));

        refused(leaf.chainDer(), Problem.WEAK_CERTIFICATE, "CN=example.org", "DSA");
    }

    @Test
    void keyOfUnbearableSizeIsRefused() throws GeneralSecurityException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(8192).setBit(0);
        PublicKey huge =
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4));
        KeyPair keys = new KeyPair(huge, TestKey.P256.shared().getPrivate());
        Issued leaf =
                pki.issue(CertificateRecipe.host(TestKey.P256, "example.org").keys(keys));

        refused(
                leaf.chainDer(),
                Problem.CERTIFICATE_PATH_INVALID,
                "CN=example.org",
                "its RSA key has 8193 bits, and 8192 is the limit here");
    }

    @Test
    void ecdsaSignatureThatIsNotDerIsRefused() throws IOException {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        Certificate certificate = Certificate.getInstance(leaf.der().toArray());
        ASN1Sequence numbers =
                ASN1Sequence.getInstance(certificate.getSignature().getBytes());
        byte[] r = ASN1Integer.getInstance(numbers.getObjectAt(0)).getValue().toByteArray();
        byte[] s = ASN1Integer.getInstance(numbers.getObjectAt(1)).getValue().toByteArray();

        refused(
                signed(certificate, value(padded(r), s), new byte[0]),
                Problem.CERTIFICATE_PATH_INVALID,
                "CN=example.org",
                "its signature is not in DER: r is not a minimal INTEGER");
        refused(
                signed(certificate, value(r, s), new byte[1]),
                Problem.CERTIFICATE_PATH_INVALID,
                "CN=example.org",
                "its signature is not in DER: bytes are left over after ECDSA-Sig-Value");
        refused(
                signed(certificate, value(r, new byte[] {-1}), new byte[0]),
                Problem.CERTIFICATE_PATH_INVALID,
                "CN=example.org",
                "its signature is not in DER: s is negative");
    }

    private List<Bytes> signed(Certificate certificate, byte[] signature, byte[] more) throws IOException {
        byte[] all = Arrays.copyOf(signature, signature.length + more.length);
        DERSequence changed = new DERSequence(new ASN1Encodable[] {
            certificate.getTBSCertificate(), certificate.getSignatureAlgorithm(), new DERBitString(all)
        });
        return List.of(Bytes.wrap(changed.getEncoded("DER")), pki.intermediate().der());
    }

    private static byte[] value(byte[] r, byte[] s) {
        return DerWriter.value(
                DerReader.SEQUENCE, DerWriter.value(DerReader.INTEGER, r), DerWriter.value(DerReader.INTEGER, s));
    }

    private static byte[] padded(byte[] number) {
        byte[] padded = new byte[number.length + 2];
        System.arraycopy(number, 0, padded, 2, number.length);
        return padded;
    }

    private void refused(List<Bytes> chain, Problem problem, Object... facts) {
        PeerChain peer = new PeerChain(Role.SERVER, chain, "example.org", null);
        assertThatThrownBy(() -> pki.trust().verify(peer))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.diagnosis()).isEqualTo(problem.diagnosis(facts)));
    }
}
