package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.akushu.curves.AkushuCurves;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Native libraries: what is taken from them, and what becomes of those that are not there or not right. */
class AcceleratorTest {
    private static final Provider ACCP = AmazonCorrettoCryptoProvider.INSTANCE;
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path folder;

    @BeforeEach
    void requireNativeCode() {
        assumeTrue(Implementations.isLinuxOnX86(), "The jars of these tests have code for Linux on x86-64 alone");
    }

    @Test
    void eachPrimitiveIsTheOneOfWhoeverIsFastest() {
        Crypto crypto = Implementations.ACCELERATED;

        assertThat(origins(crypto, NamedGroup.X25519)).containsExactly("Conscrypt");
        assertThat(origins(crypto, NamedGroup.SECP256R1)).containsExactly("AmazonCorrettoCryptoProvider");
        assertThat(origins(crypto, NamedGroup.X25519_MLKEM768)).containsExactly("SunJCE", "Conscrypt");
        assertThat(origins(crypto, NamedGroup.X448)).containsExactly("SunEC");
        SignatureAlgorithm ecdsa = crypto.signature(SignatureScheme.ECDSA_SECP256R1_SHA256);
        assertThat(ecdsa.signs().name()).isEqualTo("AkushuCurves");
        assertThat(ecdsa.verifies().name()).isEqualTo("AmazonCorrettoCryptoProvider");
        SignatureAlgorithm rsa = crypto.signature(SignatureScheme.RSA_PSS_RSAE_SHA256);
        assertThat(rsa.signs().name()).isEqualTo("AmazonCorrettoCryptoProvider");
    }

    /** A key class of another provider that does not encode itself, for instance: our own code can use it, and installed providers are not asked first. */
    @Test
    void keyThatALibraryRefusesIsSignedWithByWhatWasThereWithoutIt() throws Exception {
        SignatureScheme scheme = SignatureScheme.ED25519;
        List<PrivateKey> seen = new ArrayList<>();
        Crypto own = Crypto.ownCurves();
        Crypto crypto = Fastest.of(own.with(new Recording(own.signature(scheme), seen)), List.of(Accelerator.accp()));
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        SignatureAlgorithm ed25519 = crypto.signature(scheme);

        ed25519.sign(pair.getPrivate(), CONTENT);
        assertThat(seen).isEmpty();
        PrivateKey silent = new Silent((EdECPrivateKey) pair.getPrivate());
        byte[] signature = ed25519.sign(silent, CONTENT);

        assertThat(seen).containsExactly(silent);
        assertThat(ed25519.verify(pair.getPublic(), CONTENT, signature)).isTrue();
    }

    /** Tells whose keys it was given to sign. */
    private record Recording(SignatureAlgorithm real, List<PrivateKey> seen) implements SignatureAlgorithm {
        @Override
        public SignatureScheme scheme() {
            return real.scheme();
        }

        @Override
        public byte[] sign(PrivateKey key, byte[] content) throws InvalidKeyException, SignatureException {
            seen.add(key);
            return real.sign(key, content);
        }

        @Override
        public boolean verify(PublicKey key, byte[] content, byte[] signature) throws InvalidKeyException {
            return real.verify(key, content, signature);
        }
    }

    /** A key that says that it has an encoding, and has none. */
    private record Silent(EdECPrivateKey real) implements EdECPrivateKey {
        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return real.getAlgorithm();
        }

        @Override
        public String getFormat() {
            return "PKCS#8";
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }

        @Override
        public NamedParameterSpec getParams() {
            return real.getParams();
        }

        @Override
        public Optional<byte[]> getBytes() {
            return real.getBytes();
        }
    }

    @Test
    void whoeverIsNotNamedIsNotUsed() throws TlsException {
        Crypto crypto = Crypto.accelerated(Accelerator.conscrypt());

        assertThat(origins(crypto, NamedGroup.X25519)).containsExactly("Conscrypt");
        assertThat(origins(crypto, NamedGroup.SECP384R1)).containsExactly("AkushuCurves");
        assertThat(crypto.toString()).doesNotContain("Corretto");
    }

    @Test
    void libraryIsTestedOnce() throws TlsException {
        assertThat(Accelerator.accp()).isSameAs(Accelerator.accp());
        assertThat(Accelerator.conscrypt()).isSameAs(Accelerator.conscrypt());
    }

    @Test
    void fastestTakesAllThatAreThere() {
        Crypto crypto = Crypto.fastest();

        assertThat(crypto.foregone()).isEmpty();
        assertThat(crypto.toString())
                .isEqualTo(Implementations.ACCELERATED.toString())
                .contains("x25519 by Conscrypt 2.", "secp256r1 by AmazonCorrettoCryptoProvider 2.");
    }

    /** What is changed in a configuration does not make the rest forget what it has to do without. */
    @Test
    void foregoneStaysThroughReplacements() {
        Diagnosis absent = Problem.ACCELERATOR_ABSENT.diagnosis("library", "artifact");
        Crypto jdk = Crypto.jdk();
        Crypto without = new Crypto(jdk.suites(), jdk.groups(), jdk.signatures(), jdk.random(), List.of(absent));

        assertThat(without.with(jdk.groups().getFirst()).foregone()).containsExactly(absent);
        assertThat(without.with(jdk.suites().getFirst()).foregone()).containsExactly(absent);
        assertThat(without.with(jdk.signatures().getFirst()).foregone()).containsExactly(absent);
        assertThat(without.withRandom(new SecureRandom()).foregone()).containsExactly(absent);
        assertThat(without.toString()).contains("without: The library library is not there");
    }

    private static List<String> origins(Crypto crypto, NamedGroup group) {
        return crypto.group(group).origins().stream().map(Origin::name).toList();
    }

    @Test
    void libraryThatIsNotThereIsNamedWithItsJar() throws Exception {
        Elsewhere elsewhere = new Elsewhere();

        assertThat(elsewhere.failure("accp"))
                .startsWith("ACCELERATOR_ABSENT")
                .contains("Amazon Corretto Crypto Provider", "software.amazon.cryptools:AmazonCorrettoCryptoProvider");
        assertThat(elsewhere.failure("conscrypt"))
                .startsWith("ACCELERATOR_ABSENT")
                .contains("Conscrypt", "org.conscrypt:conscrypt-openjdk-uber");
    }

    @Test
    void fastestWithoutLibrariesIsOwnCurvesAndSaysSo() throws Exception {
        String fastest = new Elsewhere().fastest();

        assertThat(fastest)
                .contains("x25519 by AkushuCurves", "ecdsa_secp256r1_sha256 by AkushuCurves")
                .doesNotContain("by Conscrypt", "by Amazon")
                .contains(
                        "without: The library Amazon Corretto Crypto Provider is not there",
                        "without: The library Conscrypt is not there");
    }

    @Test
    void libraryForAnotherProcessorIsToldFromOneThatIsNotThere() throws Exception {
        Path accp = copy(ACCP.getClass(), "libamazonCorrettoCryptoProvider.so");
        Path conscrypt = copy(Conscrypt.class, "linux-x86_64.so");
        Elsewhere elsewhere = new Elsewhere(accp, conscrypt);

        assertThat(elsewhere.failure("accp"))
                .startsWith("ACCELERATOR_UNUSABLE")
                .contains("Amazon Corretto Crypto Provider", "Linux amd64");
        assertThat(elsewhere.failure("conscrypt"))
                .startsWith("ACCELERATOR_UNUSABLE")
                .contains("Conscrypt", "Linux amd64");
        assertThat(elsewhere.fastest()).contains("x25519 by AkushuCurves", "without: The library Conscrypt cannot");
    }

    @Test
    void oneLibraryIsUsedWithoutTheOther() throws Exception {
        Elsewhere elsewhere = new Elsewhere(jarOf(Conscrypt.class));

        assertThat(elsewhere.fastest())
                .contains("x25519 by Conscrypt 2.", "secp256r1 by Conscrypt 2.", "without: The library Amazon");
    }

    /** The jar of {@code type} with its native code, whose names end in {@code library}, marked as another processor's. */
    private Path copy(Class<?> type, String library) throws IOException, URISyntaxException {
        Path copy = folder.resolve(type.getSimpleName() + ".jar");
        int changed = 0;
        try (JarFile jar = new JarFile(jarOf(type).toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy))) {
            for (JarEntry entry : jar.stream().toList()) {
                // Without the signatures, which would no longer be right.
                if (entry.getName().startsWith("META-INF/") && !entry.getName().startsWith("META-INF/native")) {
                    continue;
                }
                boolean isLibrary = entry.getName().endsWith(library);
                changed += isLibrary ? 1 : 0;
                out.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream in = jar.getInputStream(entry)) {
                    write(in.readAllBytes(), isLibrary, out);
                }
                out.closeEntry();
            }
        }
        assertThat(changed).isEqualTo(1);
        return copy;
    }

    private static void write(byte[] content, boolean isLibrary, OutputStream out) throws IOException {
        if (isLibrary) {
            // e_machine of the ELF header: 183 is AArch64.
            content[18] = (byte) 183;
        }
        out.write(content);
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The core in a program of its own, with no library but those given. */
    private static final class Elsewhere {
        private final URL[] path;

        Elsewhere(Path... libraries) throws URISyntaxException {
            this.path = Stream.concat(Stream.of(jarOf(Crypto.class), jarOf(AkushuCurves.class)), Stream.of(libraries))
                    .map(Elsewhere::url)
                    .toArray(URL[]::new);
        }

        private static URL url(Path file) {
            try {
                return file.toUri().toURL();
            } catch (MalformedURLException impossible) {
                throw new IllegalArgumentException(impossible);
            }
        }

        String fastest() throws IOException, ReflectiveOperationException {
            try (URLClassLoader loader = new URLClassLoader(path, null)) {
                return loader.loadClass(Crypto.class.getName())
                        .getMethod("fastest")
                        .invoke(null)
                        .toString();
            }
        }

        /** Problem, cause and remedy of what the factory {@code library} throws. */
        String failure(String library) throws IOException, ReflectiveOperationException {
            try (URLClassLoader loader = new URLClassLoader(path, null)) {
                Class<?> accelerator = loader.loadClass(Accelerator.class.getName());
                Throwable thrown = thrownBy(accelerator, library);
                Object diagnosis = thrown.getClass().getMethod("diagnosis").invoke(thrown);
                Class<?> type = diagnosis.getClass();
                return type.getMethod("problem").invoke(diagnosis)
                        + " "
                        + type.getMethod("cause", Locale.class).invoke(diagnosis, Locale.ENGLISH)
                        + " "
                        + type.getMethod("remedy", Locale.class).invoke(diagnosis, Locale.ENGLISH);
            }
        }

        private static Throwable thrownBy(Class<?> accelerator, String library) throws ReflectiveOperationException {
            try {
                Object loaded = accelerator.getMethod(library).invoke(null);
                throw new AssertionError(loaded + " was loaded");
            } catch (InvocationTargetException failed) {
                return failed.getCause();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256"})
    void libraryThatFailsTheTestOfOnePrimitiveIsNotUsed(String primitive) throws Exception {
        Tampered tampered = switch (primitive) {
            case "secp256r1" -> new Tampered(ACCP, "KeyAgreement", "ECDH", WrongAgreement::new);
            case "ecdsa_secp256r1_sha256" -> new Tampered(ACCP, "Signature", "SHA256withECDSA", Yes::new);
            default -> new Tampered(ACCP, "Signature", "RSASSA-PSS", Yes::new);
        };
        Accelerator wrong = Accelerator.accp(tampered);

        assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> SelfTest.passed(wrong))
                .extracting(TlsException::diagnosis)
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.problem()).isEqualTo(Problem.ACCELERATOR_WRONG);
                    assertThat(diagnosis.fact("primitive")).hasToString(primitive);
                });
    }

    /** RFC 9846 section 7.4.2. */
    @Test
    void allZeroResultIsRefusedWhateverTheLibraryThinksOfIt() throws Exception {
        Provider lenient = new Tampered(Conscrypt.newProvider(), "KeyAgreement", "XDH", Zeros::new);
        KeyExchange x25519 = Accelerator.conscrypt(lenient).groups().getFirst();
        Crypto crypto = Crypto.jdk();
        Bytes share = crypto.group(NamedGroup.X25519).generate(crypto.random()).share();

        assertThatExceptionOfType(BadKeyShareException.class)
                .isThrownBy(() -> x25519.respond(share, crypto.random()))
                .withMessageContaining("small order");
    }

    @Test
    void libraryThatMakesTheSameKeyTwiceIsNotUsed() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", ACCP);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Accelerator repeating =
                Accelerator.accp(new Tampered(ACCP, "KeyPairGenerator", "EC", () -> new Repeating(pair)));

        assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> SelfTest.passed(repeating))
                .extracting(TlsException::diagnosis)
                .satisfies(diagnosis -> assertThat(diagnosis.facts()).contains("it makes the same key twice"));
    }

    /** A generator that forgets what randomness is. */
    private static final class Repeating extends KeyPairGeneratorSpi {
        private final KeyPair pair;

        Repeating(KeyPair pair) {
            this.pair = pair;
        }

        @Override
        public void initialize(int size, SecureRandom random) {}

        @Override
        public void initialize(AlgorithmParameterSpec parameters, SecureRandom random) {}

        @Override
        public KeyPair generateKeyPair() {
            return pair;
        }
    }

    @Test
    void untamperedLibraryPassesTheTest() throws Exception {
        Accelerator right = Accelerator.accp(new Tampered(ACCP, "Nothing", "at all", () -> null));

        assertThat(SelfTest.passed(right)).isSameAs(right);
    }

    private interface Maker {
        Object make() throws NoSuchAlgorithmException;
    }

    /** A library with one thing in it exchanged. */
    private static final class Tampered extends Provider {
        @Serial
        private static final long serialVersionUID = 1L;

        Tampered(Provider original, String type, String algorithm, Maker maker) {
            super("Tampered", "1", "does one thing wrongly");
            for (Service service : original.getServices()) {
                boolean exchanged =
                        service.getType().equals(type) && service.getAlgorithm().equals(algorithm);
                putService(new Part(this, service, exchanged ? maker : () -> service.newInstance(null)));
            }
        }
    }

    private static final class Part extends Provider.Service {
        private final Maker maker;

        Part(Provider provider, Provider.Service original, Maker maker) {
            super(
                    provider,
                    original.getType(),
                    original.getAlgorithm(),
                    original.getClassName(),
                    // Conscrypt has it as another name of this one.
                    original.getAlgorithm().equals("EdDSA") ? List.of("Ed25519") : null,
                    null);
            this.maker = maker;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return maker.make();
        }

        @Override
        public boolean supportsParameter(Object parameter) {
            return true;
        }
    }

    /** Agrees on zeros with everybody. */
    private static class Zeros extends KeyAgreementSpi {
        @Override
        protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {}

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException {
            engineInit(key, random);
        }

        @Override
        protected Key engineDoPhase(Key key, boolean last) throws InvalidKeyException {
            return null;
        }

        @Override
        protected byte[] engineGenerateSecret() {
            return new byte[32];
        }

        @Override
        protected int engineGenerateSecret(byte[] secret, int offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineGenerateSecret(String algorithm) {
            throw new UnsupportedOperationException();
        }
    }

    /** Gives a secret that is wrong by one bit. */
    private static final class WrongAgreement extends Zeros {
        private final KeyAgreement right;

        WrongAgreement() throws NoSuchAlgorithmException {
            right = KeyAgreement.getInstance("ECDH", ACCP);
        }

        @Override
        protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
            right.init(key, random);
        }

        @Override
        protected Key engineDoPhase(Key key, boolean last) throws InvalidKeyException {
            return right.doPhase(key, last);
        }

        @Override
        protected byte[] engineGenerateSecret() {
            byte[] secret = right.generateSecret();
            secret[0] ^= 1;
            return secret;
        }
    }

    /** Finds every signature valid. */
    private static final class Yes extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte octet) {}

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[64];
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
