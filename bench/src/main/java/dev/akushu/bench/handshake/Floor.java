package dev.akushu.bench.handshake;

import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.crypto.BadKeyShareException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.crypto.KeyExchange.ServerShare;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cryptography of a handshake, both ends, and nothing around it: the key exchange, the signature and its verification, that of a new server's own certificate, 50 HMACs (as many as the key schedules of both
 * ends take, about) and two hashes of 2 KiB.
 */
final class Floor implements Meter.Task {
    /** As long as what a CertificateVerify signs. RFC 9846 section 4.5.3. */
    private static final byte[] CONTENT = new byte[130];

    private static final int HMACS = 50;
    private static final byte[] TRANSCRIPT = new byte[2_048];

    private final Scenario scenario;
    private final List<Servers.Server> servers;
    private final List<Signed> leaves = new ArrayList<>();
    private final KeyExchange group;
    private final SignatureAlgorithm signature;
    private final SecureRandom random = new SecureRandom();
    private final Mac mac = Mac.getInstance("HmacSHA256");
    private final MessageDigest hash = MessageDigest.getInstance("SHA-256");
    private int turn;

    /** A certificate, taken apart. */
    private record Signed(byte[] content, byte[] signature, X509Certificate issuer) {
        static Signed of(X509Certificate certificate, X509Certificate issuer) throws GeneralSecurityException {
            return new Signed(certificate.getTBSCertificate(), certificate.getSignature(), issuer);
        }
    }

    Floor(Crypto crypto, Scenario scenario, Servers all) throws GeneralSecurityException {
        this.scenario = scenario;
        servers = all.all();
        X509Certificate issuer = servers.getFirst().chain().getLast();
        for (Servers.Server server : servers) {
            leaves.add(Signed.of(server.chain().getFirst(), issuer));
        }
        group = Objects.requireNonNull(crypto.group(NamedGroup.of(scenario.group())));
        signature = Objects.requireNonNull(crypto.signature(SignatureScheme.ECDSA_SECP256R1_SHA256));
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    }

    @Override
    public void run() throws IOException {
        turn = (turn + 1) % servers.size();
        try {
            ClientShare share = group.generate(random);
            ServerShare answer = group.respond(share.share(), random);
            require(MessageDigest.isEqual(share.agree(answer.share()), answer.secret()));
            if (!scenario.isResumed()) {
                Servers.Server server = servers.get(turn);
                byte[] proof = signature.sign(server.key(), CONTENT);
                require(signature.verify(server.chain().getFirst().getPublicKey(), CONTENT, proof));
            }
            if (scenario == Scenario.NEW_SERVER) {
                verify(leaves.get(turn));
            }
        } catch (GeneralSecurityException | BadKeyShareException failed) {
            throw new IOException(failed);
        }
        for (int i = 0; i < HMACS; i++) {
            mac.doFinal(CONTENT);
        }
        hash.digest(TRANSCRIPT);
        hash.digest(TRANSCRIPT);
    }

    private void verify(Signed signed) throws GeneralSecurityException {
        require(signature.verify(signed.issuer.getPublicKey(), signed.content, signed.signature));
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("the cryptography is wrong");
        }
    }
}
