package dev.akushu.cli.crypto;

import dev.akushu.cli.crypto.Operation.Setup;
import dev.akushu.cli.crypto.Operation.Task;
import dev.akushu.cli.crypto.Operation.What;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.BadKeyShareException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All operations of all primitives that a configuration has. Keys and what is answered come from the JDK, so that all are asked the same. */
final class Operations {
    private static final int RECORD = 16_384;
    private static final byte[] AAD = new byte[5];
    private static final byte[] KIBIBYTE = new byte[1024];

    /** Of short records: the JVM takes the processor's instructions for AES only in compiled code, and counts calls before it compiles. */
    private static final int WARM_UP = 20_000;

    private static final int SHORT_RECORD = 64;

    /** As long as what a CertificateVerify signs under SHA-256. RFC 9846 section 4.5.2. */
    private static final byte[] CONTENT = new byte[130];

    private final Crypto jdk;
    private final SampleKeys keys = new SampleKeys();
    private final List<Operation> all = new ArrayList<>();

    private Operations(Crypto jdk) {
        this.jdk = jdk;
    }

    static List<Operation> of(Crypto jdk) {
        Operations operations = new Operations(jdk);
        for (SuiteCrypto suite : jdk.suites()) {
            operations.addSuite(suite);
        }
        jdk.suites().stream().map(SuiteCrypto::hash).distinct().forEach(operations::addHash);
        for (KeyExchange group : jdk.groups()) {
            operations.addGroup(group);
        }
        for (SignatureAlgorithm scheme : jdk.signatures()) {
            operations.addSignature(scheme);
        }
        return operations.all;
    }

    private void addSuite(SuiteCrypto suite) {
        for (What what : List.of(What.SEAL, What.OPEN)) {
            all.add(new Operation(
                    suite.aead().name(),
                    what,
                    crypto -> Optional.ofNullable(crypto.suite(suite.suite()))
                            .map(found -> List.of(found.aead().origin())),
                    crypto -> protection(require(crypto.suite(suite.suite())).aead(), what)));
        }
    }

    private static Task protection(AeadAlgorithm algorithm, What what) throws GeneralSecurityException {
        Task warmUp = protection(algorithm, what, SHORT_RECORD);
        for (int i = 0; i < WARM_UP; i++) {
            warmUp.run();
        }
        return protection(algorithm, what, RECORD);
    }

    private static Task protection(AeadAlgorithm algorithm, What what, int length) {
        Aead aead = algorithm.withKey(new byte[algorithm.keyLength()]);
        byte[] nonce = new byte[AeadAlgorithm.NONCE_LENGTH];
        byte[] plaintext = new byte[length];
        byte[] sealed = new byte[length + AeadAlgorithm.TAG_LENGTH];
        if (what == What.SEAL) {
            ByteBuffer counter = ByteBuffer.wrap(nonce);
            return () -> {
                counter.putInt(0, counter.getInt(0) + 1);
                return aead.seal(nonce, AAD, AAD.length, plaintext, 0, length, sealed, 0);
            };
        }
        algorithm
                .withKey(new byte[algorithm.keyLength()])
                .seal(nonce, AAD, AAD.length, plaintext, 0, length, sealed, 0);
        return () -> aead.open(nonce, AAD, AAD.length, sealed, 0, sealed.length, plaintext, 0);
    }

    private void addHash(HashAlgorithm hash) {
        all.add(new Operation(
                hash.name(),
                What.HASH,
                crypto -> suiteWith(hash, crypto)
                        .map(suite -> List.of(suite.origins().getLast())),
                crypto -> {
                    MessageDigest digest =
                            suiteWith(hash, crypto).orElseThrow().hash().newDigest();
                    return () -> digest.digest(KIBIBYTE);
                }));
    }

    private static Optional<SuiteCrypto> suiteWith(HashAlgorithm hash, Crypto crypto) {
        return crypto.suites().stream()
                .filter(suite -> suite.hash().name().equals(hash.name()))
                .findFirst();
    }

    private void addGroup(KeyExchange group) {
        add(group, What.CLIENT, crypto -> client(require(crypto.group(group.group())), group, crypto));
        add(group, What.SERVER, crypto -> server(require(crypto.group(group.group())), group, crypto));
    }

    private void add(KeyExchange group, What what, Setup setup) {
        all.add(new Operation(
                group.group().toString(),
                what,
                crypto -> Optional.ofNullable(crypto.group(group.group())).map(KeyExchange::origins),
                setup));
    }

    private static Task client(KeyExchange exchange, KeyExchange ofJdk, Crypto crypto) throws GeneralSecurityException {
        // The answer to another share: it gives a secret all the same.
        Bytes answer = answer(ofJdk, ofJdk.generate(crypto.random()).share(), crypto);
        return () -> {
            ClientShare share = exchange.generate(crypto.random());
            try {
                return share.agree(answer);
            } catch (BadKeyShareException impossible) {
                throw new GeneralSecurityException(impossible);
            } finally {
                share.destroy();
            }
        };
    }

    private static Task server(KeyExchange exchange, KeyExchange ofJdk, Crypto crypto) {
        Bytes share = ofJdk.generate(crypto.random()).share();
        return () -> answer(exchange, share, crypto);
    }

    private static Bytes answer(KeyExchange exchange, Bytes share, Crypto crypto) throws GeneralSecurityException {
        try {
            return exchange.respond(share, crypto.random()).share();
        } catch (BadKeyShareException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }

    private void addSignature(SignatureAlgorithm algorithm) {
        SignatureScheme scheme = algorithm.scheme();
        if (scheme.maySignHandshake()) {
            all.add(new Operation(
                    scheme.toString(),
                    What.SIGN,
                    crypto -> Optional.ofNullable(crypto.signature(scheme)).map(found -> List.of(found.signs())),
                    crypto -> {
                        SignatureAlgorithm signer = require(crypto.signature(scheme));
                        KeyPair pair = keys.of(scheme);
                        return () -> signer.sign(pair.getPrivate(), CONTENT);
                    }));
        }
        all.add(new Operation(
                scheme.toString(),
                What.VERIFY,
                crypto -> Optional.ofNullable(crypto.signature(scheme)).map(found -> List.of(found.verifies())),
                crypto -> verification(require(crypto.signature(scheme)))));
    }

    private Task verification(SignatureAlgorithm verifier) throws GeneralSecurityException {
        KeyPair pair = keys.of(verifier.scheme());
        byte[] signature = signature(verifier.scheme(), pair);
        return () -> {
            if (!verifier.verify(pair.getPublic(), CONTENT, signature)) {
                throw new SignatureException(verifier.verifies() + " refuses a good signature of " + verifier.scheme());
            }
            return pair;
        };
    }

    private byte[] signature(SignatureScheme scheme, KeyPair pair) throws GeneralSecurityException {
        if (scheme.maySignHandshake()) {
            return require(jdk.signature(scheme)).sign(pair.getPrivate(), CONTENT);
        }
        // RSASSA-PKCS1-v1_5, which a Crypto only verifies.
        Signature signer =
                Signature.getInstance("SHA" + scheme.toString().substring("rsa_pkcs1_sha".length()) + "withRSA");
        signer.initSign(pair.getPrivate());
        signer.update(CONTENT);
        return signer.sign();
    }

    private static <T> T require(@Nullable T found) {
        return Objects.requireNonNull(found, "an operation is only set up where it exists");
    }
}
