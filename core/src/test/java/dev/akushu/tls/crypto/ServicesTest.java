package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;

class ServicesTest {
    /** Says that it has ECDSA, in a class that nobody can load. */
    private static final class Boaster extends Provider {
        private static final long serialVersionUID = 1;

        Boaster() {
            super("Boaster", "1", "");
            put("Signature.SHA256withECDSA", "no.such.Class");
        }
    }

    @Test
    void aProviderWithoutTheServiceIsRefused() {
        assertThatThrownBy(() -> Services.require("Signature", "Ed25519", new Boaster()))
                .isInstanceOf(NoSuchAlgorithmException.class)
                .hasMessage("Boaster has no Signature of Ed25519");
    }

    @Test
    void aSignatureThatIsForbiddenIsRefusedAtOnce() {
        String before = Security.getProperty("jdk.crypto.disabledAlgorithms");
        Security.setProperty("jdk.crypto.disabledAlgorithms", "Signature.SHA512withRSA");
        try {
            assertThatThrownBy(() -> Services.require("Signature", "SHA256withECDSA", new Boaster()))
                    .isInstanceOf(NoSuchAlgorithmException.class);
        } finally {
            Security.setProperty("jdk.crypto.disabledAlgorithms", before == null ? "" : before);
        }
    }

    @Test
    void aServiceIsNotLoadedToSeeThatItIsThere() {
        assertThatCode(() -> Services.require("Signature", "SHA256withECDSA", new Boaster()))
                .doesNotThrowAnyException();
    }
}
