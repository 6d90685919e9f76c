package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.CipherSpi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JDK's ciphers keep a key until they are given another one: so each end of a key gives them one. */
class OverwrittenKeysTest {
    private static final byte[] FIRST = key(1);
    private static final byte[] SECOND = key(2);

    private JdkAeadAlgorithm aesGcm;
    private JdkAead aead;

    @BeforeEach
    void makeAead() throws GeneralSecurityException {
        Recording.last = null;
        Recording.refusing = false;
        Provider provider = new Provider("Recording", "1", "") {
            private static final long serialVersionUID = 1;

            {
                put("Cipher.AES/GCM/NoPadding", Recording.class.getName());
            }
        };
        aesGcm = JdkAeadAlgorithm.aesGcm(16, provider);
        aead = aesGcm.withKey(FIRST);
        Recording.made = 0;
        seal(aead);
    }

    private static void seal(Aead by) {
        by.seal(new byte[12], new byte[0], 0, new byte[1], 0, 1, new byte[17], 0);
    }

    @Test
    void newKeyOverwritesTheOld() {
        WipeableKey first = Recording.last;
        assertThat(first.getEncoded()).isEqualTo(FIRST);

        aead.rekey(SECOND);

        assertThat(Recording.last.getEncoded()).isEqualTo(SECOND);
        assertThat(first.isDestroyed()).isTrue();
    }

    @Test
    void zerosOverwriteTheLast() {
        aead.rekey(SECOND);
        WipeableKey second = Recording.last;

        aead.destroy();

        assertThat(Recording.last.getEncoded()).isEqualTo(new byte[16]);
        assertThat(second.isDestroyed()).isTrue();
    }

    @Test
    void cipherThatRefusesTheNewKeyCanBeDestroyedStill() {
        WipeableKey first = Recording.last;
        Recording.refusing = true;
        assertThatThrownBy(() -> aead.rekey(SECOND)).isInstanceOf(ProviderException.class);
        Recording.refusing = false;

        aead.destroy();

        assertThat(Recording.last.getEncoded()).isEqualTo(new byte[16]);
        assertThat(first.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> aead.rekey(SECOND));
    }

    @Test
    void zerosOverwriteTheKeyWhileThereIsNothingToDo() {
        WipeableKey first = Recording.last;

        aead.release();
        aead.release();

        assertThat(Recording.last.getEncoded()).isEqualTo(new byte[16]);
        assertThat(first.isDestroyed()).isFalse();
        seal(aead);
        assertThat(Recording.last).isSameAs(first);
    }

    @Test
    void whoHasNothingToDoLeavesItsCipherToTheNext() {
        aead.release();
        JdkAead other = aesGcm.withKey(SECOND);
        seal(other);
        assertThat(Recording.made).isEqualTo(1);

        seal(aead);
        assertThat(Recording.made).isEqualTo(2);
        assertThat(Recording.last.getEncoded()).isEqualTo(FIRST);
    }

    /** Nobody has it but with a probability of 2^-128; the JDK refuses to give a cipher the same key and nonce twice. */
    @Test
    void keyOfZerosEndsLikeAnyOther() throws GeneralSecurityException {
        JdkAead real =
                JdkAeadAlgorithm.aesGcm(16, Security.getProvider("SunJCE")).withKey(FIRST);
        seal(real);
        real.rekey(new byte[16]);
        assertThatCode(real::release).doesNotThrowAnyException();
        seal(real);
        real.release();
        assertThatCode(real::destroy).doesNotThrowAnyException();
    }

    @Test
    void keyEndsAlsoWhileThereIsNothingToDo() {
        WipeableKey first = Recording.last;
        aead.release();
        aead.rekey(SECOND);
        assertThat(first.isDestroyed()).isTrue();
        seal(aead);
        WipeableKey second = Recording.last;
        assertThat(second.getEncoded()).isEqualTo(SECOND);

        aead.release();
        aead.destroy();

        assertThat(second.isDestroyed()).isTrue();
        assertThat(Recording.last.getEncoded()).isEqualTo(new byte[16]);
        assertThatCode(aead::release).doesNotThrowAnyException();
        assertThatIllegalStateException().isThrownBy(() -> aead.rekey(FIRST));
    }

    private static byte[] key(int octet) {
        byte[] key = new byte[16];
        Arrays.fill(key, (byte) octet);
        return key;
    }

    /** Encrypts nothing, and remembers the key that it was given last. */
    public static final class Recording extends CipherSpi {
        private static @Nullable WipeableKey last;
        private static boolean refusing;
        private static int made;

        /** Called by the JCA. */
        public Recording() {
            made++;
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException {
            if (refusing) {
                throw new InvalidKeyException("refused");
            }
            last = (WipeableKey) key;
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineUpdateAAD(byte[] octets, int offset, int length) {}

        @Override
        protected int engineDoFinal(byte[] in, int offset, int length, byte[] out, int outOffset) {
            return length + 16;
        }

        @Override
        protected byte[] engineDoFinal(byte[] in, int offset, int length) {
            return new byte[length + 16];
        }

        @Override
        protected int engineUpdate(byte[] in, int offset, int length, byte[] out, int outOffset) {
            return 0;
        }

        @Override
        protected byte[] engineUpdate(byte[] in, int offset, int length) {
            return new byte[0];
        }

        @Override
        protected void engineSetMode(String mode) {}

        @Override
        protected void engineSetPadding(String padding) {}

        @Override
        protected int engineGetBlockSize() {
            return 16;
        }

        @Override
        protected int engineGetOutputSize(int length) {
            return length + 16;
        }

        @Override
        protected byte[] engineGetIV() {
            return new byte[12];
        }

        @Override
        protected @Nullable AlgorithmParameters engineGetParameters() {
            return null;
        }
    }
}
