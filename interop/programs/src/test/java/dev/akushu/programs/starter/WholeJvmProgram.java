package dev.akushu.programs.starter;

import dev.akushu.programs.snippets.WholeJvmSnippet;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.crypto.Cipher;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Prints where everything that has to do with security comes from in this JVM, and uses it. */
public final class WholeJvmProgram {
    private WholeJvmProgram() {}

    /**
     * Prints a line for each thing.
     *
     * @param args whether to insert the provider by code, the path of a signed jar, and the address of an HTTPS server
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("code")) {
            WholeJvmSnippet.speakTlsByAkushu();
        }
        say("first", Security.getProviders()[0]);
        say("SSLContext TLS", SSLContext.getInstance("TLS").getProvider());
        say("SSLContext default", SSLContext.getDefault().getProvider());
        say("SSLContext TLSv1.2", SSLContext.getInstance("TLSv1.2").getProvider());
        managers();
        stores();
        primitives();
        signedJar(args[1]);
        fetch(URI.create(args[2]));
    }

    private static void say(String what, Object value) {
        System.out.println(what + " = " + (value instanceof Provider provider ? provider.getName() : value));
    }

    private static void managers() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(null, null);
        say("KeyManagerFactory", keys.getProvider());
        say("key managers", keys.getKeyManagers().length);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        say("TrustManagerFactory", trust.getProvider());
        say("trust managers", trust.getTrustManagers().length);
        say("default anchors", ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers().length);
    }

    private static void stores() throws Exception {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            say(type, store.getProvider());
        }
        File cacerts = new File(System.getProperty("java.home"), "lib/security/cacerts");
        say("cacerts", KeyStore.getInstance(cacerts, "changeit".toCharArray()).size() > 0 ? "read" : "empty");
    }

    private static void primitives() throws Exception {
        say("SHA-256", MessageDigest.getInstance("SHA-256").getProvider());
        say("AES", Cipher.getInstance("AES/GCM/NoPadding").getProvider());
        say("RSA keys", KeyPairGenerator.getInstance("RSA").getProvider());
        say("ECDSA", Signature.getInstance("SHA256withECDSA").getProvider());
    }

    private static void signedJar(String path) throws Exception {
        try (JarFile jar = new JarFile(path, true)) {
            JarEntry entry = jar.getJarEntry("hello.txt");
            try (InputStream in = jar.getInputStream(entry)) {
                say("signed jar", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            }
            say("signers", entry.getCodeSigners().length);
        }
    }

    private static void fetch(URI address) throws Exception {
        try (InputStream in = address.toURL().openStream()) {
            say("HttpsURLConnection", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            say(
                    "HttpClient",
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }
}
