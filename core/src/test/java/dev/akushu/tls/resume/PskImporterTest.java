package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.Vectors;
import dev.akushu.tls.wire.ImportedIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Keys that are imported from external ones. RFC 9258 section 5.1. */
class PskImporterTest {
    private static final byte[] KEY = new byte[32];

    @Test
    void importedKeysAreThoseOfAnotherStack() throws IOException {
        int checked = 0;
        Kdf own = Kdf.HKDF_SHA256;
        Map<String, String> vector = new HashMap<>();
        for (String line : Files.readAllLines(Vectors.find("psk_import.vec"))) {
            if (line.startsWith("[")) {
                own = kdf(line.substring(1, line.length() - 1));
            }
            int equals = line.indexOf('=');
            if (!line.startsWith("#") && equals > 0) {
                vector.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
            if (vector.containsKey("Output")) {
                check(own, vector);
                vector.clear();
                checked++;
            }
        }
        assertThat(checked).isEqualTo(6);
    }

    private static void check(Kdf own, Map<String, String> vector) {
        Kdf target = kdf(Objects.requireNonNull(vector.get("TargetHash")));
        Bytes identity = ImportedIdentity.of(bytes(vector, "Identity"), bytes(vector, "Context"), target)
                .encode();
        byte[] imported = PskImporter.imported(
                Objects.requireNonNull(Crypto.jdk().hash(own)),
                bytes(vector, "Key").toArray(),
                identity,
                target);
        assertThat(Bytes.wrap(imported)).as("%s", vector).isEqualTo(bytes(vector, "Output"));
    }

    /** The first two of those vectors, so that something is checked wherever the file is not. */
    @Test
    void importedKeysAreTheseForTheTwoHashes() {
        byte[] key = "ABCD".repeat(8).getBytes(StandardCharsets.US_ASCII);
        Map<Kdf, String> expected = Map.of(
                Kdf.HKDF_SHA256,
                "77cfa040c1e1ca63f0cd989dbefb28f5129625b08ce4f258bb825a9b0a4642a0",
                Kdf.HKDF_SHA384,
                "3cb0eb3c10863c51a674df9f7b5900b47aa9353ba35c475b7ff6ad53f868ea97ee896b7b54460853340f699b91949d8d");

        expected.forEach((target, output) -> {
            Bytes identity = ImportedIdentity.of(Bytes.ofAscii("psk1"), Bytes.ofAscii("context1"), target)
                    .encode();
            byte[] imported = PskImporter.imported(
                    Objects.requireNonNull(Crypto.jdk().hash(Kdf.HKDF_SHA256)), key, identity, target);
            assertThat(Bytes.wrap(imported)).isEqualTo(Bytes.fromHex(output));
        });
    }

    @Test
    void anImportedKeyIsForEveryHashAndARawOneForItsOwn() {
        ExternalPsk imported = ExternalPsk.of("lamp", KEY);
        ExternalPsk raw = ExternalPsk.dangerRaw(Bytes.ofAscii("lamp"), KEY, Kdf.HKDF_SHA384);

        assertThat(PskImporter.earlySecret(Crypto.jdk(), imported, Kdf.HKDF_SHA256))
                .isNotNull();
        assertThat(PskImporter.earlySecret(Crypto.jdk(), imported, Kdf.HKDF_SHA384))
                .isNotNull();
        assertThat(PskImporter.earlySecret(Crypto.jdk(), raw, Kdf.HKDF_SHA384)).isNotNull();
        assertThat(PskImporter.earlySecret(Crypto.jdk(), raw, Kdf.HKDF_SHA256)).isNull();
    }

    @Test
    void anImportedIdentityHasTheFormOfRfc9258() {
        ImportedIdentity identity = ImportedIdentity.of(Bytes.ofAscii("lamp"), Bytes.ofAscii("hall"), Kdf.HKDF_SHA384);

        assertThat(identity.encode()).isEqualTo(Bytes.fromHex("00046c616d70000468616c6c03040002"));
        assertThat(ImportedIdentity.find(identity.encode())).isEqualTo(identity);
    }

    @Test
    void whatHasNotExactlyThatFormIsNoImportedIdentity() {
        for (String other :
                new String[] {"", "6c616d70", "00000000030400", "0000000003040002", "00016c00000304000200"}) {
            assertThat(ImportedIdentity.find(Bytes.fromHex(other))).as(other).isNull();
        }
    }

    private static Kdf kdf(String hash) {
        return Arrays.stream(Kdf.values())
                .filter(kdf -> kdf.hash().equals(hash))
                .findFirst()
                .orElseThrow();
    }

    private static Bytes bytes(Map<String, String> vector, String name) {
        return Bytes.fromHex(Objects.requireNonNull(vector.get(name)));
    }
}
