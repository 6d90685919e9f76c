package dev.akushu.lab;

import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.Identity;
import dev.akushu.tls.crypto.Crypto;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A person's way through the lab in a real browser: every scenario and every fault in both languages, by keyboard, on a phone,
 * without barriers. What is asserted is in {@code web/browser}; here the lab is opened for it. Pictures are left in
 * {@code target/screenshots}.
 */
class BrowserTest {
    @Test
    void browserShowsWhatTheEngineTells() throws Exception {
        Outside.require("chromium");
        Path module = Path.of(System.getProperty("akushu.root"), "lab");
        Path pictures = Files.createDirectories(module.resolve("target").resolve("screenshots"));
        Identity identity = ThrowawayCa.create(KeyType.EC, Crypto.jdk()).server(List.of("localhost", "127.0.0.1"));
        try (Lab lab = Lab.open(0);
                Lab byTls = Lab.openTls(0, identity);
                Strangers strangers = new Strangers()) {
            Outside.run(
                    module.resolve("web"),
                    Map.ofEntries(
                            Map.entry("AKUSHU_LAB", lab.address().toString()),
                            Map.entry("AKUSHU_LAB_ONCE", lab.addressForOnce().toString()),
                            Map.entry("AKUSHU_LAB_TLS", byTls.address().toString()),
                            Map.entry("AKUSHU_LAB_TLS_KEY", hashOfKey(identity)),
                            Map.entry("AKUSHU_LAB_GARBAGE", Integer.toString(strangers.garbage())),
                            Map.entry("AKUSHU_LAB_DRIP", Integer.toString(strangers.drip())),
                            Map.entry("AKUSHU_LAB_UNTRUSTED", Integer.toString(strangers.untrusted())),
                            Map.entry("AKUSHU_LAB_NOBODY", Integer.toString(Strangers.nobody())),
                            Map.entry("AKUSHU_LAB_SHOTS", pictures.toString())),
                    List.of("npm", "run", "--silent", "drive"));
        }
    }

    /** By which Chromium is told of the one key whose certificate it need not trust: SHA-256 of the SubjectPublicKeyInfo. */
    private static String hashOfKey(Identity identity) throws Exception {
        byte[] der = identity.chain().getFirst().toArray();
        Certificate certificate =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
        return Base64.getEncoder().encodeToString(hash);
    }
}
