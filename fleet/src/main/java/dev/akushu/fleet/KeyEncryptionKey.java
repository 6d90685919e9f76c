package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.file.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Wraps Ticket Keys by AES-256-GCM under a key that the servers have and the store has not. A wrapped key begins with the identifier of its key-encryption key, so that this one can be
 * replaced: give every server the new one as a second, then as the first, then take the old one away. A few keys a day are wrapped, so random nonces are safe (NIST SP 800-38D section 8.3).
 */
public final class KeyEncryptionKey implements KeyWrapping {
    /** Length of a key in bytes. */
    public static final int LENGTH = 32;

    private static final int ID_LENGTH = 8;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST_FILE = 4096;
    private static final byte[] ID_INFO = "akushu fleet key-encryption key 1".getBytes(StandardCharsets.US_ASCII);

    private final List<Key> keys;
    private final SecureRandom random = new SecureRandom();

    private KeyEncryptionKey(List<Key> keys) {
        this.keys = keys;
    }

    /** The wrapped key names a key-encryption key that is not here. */
    static final class UnknownKeyException extends GeneralSecurityException {
        private static final long serialVersionUID = 1;

        UnknownKeyException() {
            super("its key-encryption key is not known here");
        }
    }

    /** Nobody with the key-encryption key that it names has wrapped this so. */
    static final class NotAuthenticException extends GeneralSecurityException {
        private static final long serialVersionUID = 1;

        NotAuthenticException(@Nullable Throwable cause) {
            super("it was changed or forged", cause);
        }
    }

    /** @param id stands in front of what the key wrapped; derived from it, no secret */
    private record Key(byte[] id, SecretKeySpec secret) {
        static Key of(byte[] secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return new Key(Arrays.copyOf(mac.doFinal(ID_INFO), ID_LENGTH), new SecretKeySpec(secret, "AES"));
            } catch (GeneralSecurityException absent) {
                throw new IllegalStateException("this JDK has no HmacSHA256", absent);
            }
        }
    }

    /**
     * The keys {@code secrets}, each of {@value #LENGTH} random bytes; the first wraps, all unwrap. The arrays stay the caller's to wipe.
     *
     * @throws IllegalArgumentException if there is none, or one of another length
     */
    public static KeyEncryptionKey of(List<byte[]> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length != LENGTH)) {
            throw new IllegalArgumentException("A key-encryption key has 32 bytes; given are keys of "
                    + secrets.stream().map(secret -> secret.length).toList());
        }
        return new KeyEncryptionKey(secrets.stream().map(Key::of).toList());
    }

    /**
     * The keys in {@code file}, one a line in base64; only its owner and its group may be able to read it.
     *
     * @throws TlsException of SECRET_FILE_UNUSABLE, KEY_ENCRYPTION_KEY_MALFORMED or KEY_ENCRYPTION_KEY_LENGTH
     */
    public static KeyEncryptionKey file(Path file) throws TlsException {
        byte[] content = new byte[0];
        try {
            content = SecretFile.at(file, SecretFile.Sharing.GROUP_READS).read(LONGEST_FILE);
            return parse(content, "file:" + file);
        } catch (IOException failed) {
            if (failed instanceof TlsException known) {
                throw known;
            }
            throw Problem.SECRET_FILE_UNUSABLE.causedBy(failed, file, SecretFile.reason(failed));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * The keys in the environment variable {@code name}, in base64, spaces or new lines between them. Whoever may read the environment of the process can read them; a file is better.
     *
     * @throws TlsException of SECRET_VARIABLE_ABSENT, KEY_ENCRYPTION_KEY_MALFORMED or KEY_ENCRYPTION_KEY_LENGTH
     */
    public static KeyEncryptionKey environment(String name) throws TlsException {
        return environment(name, System.getenv());
    }

    /**
     * As {@link #environment(String)}, among {@code variables}.
     *
     * @throws TlsException of SECRET_VARIABLE_ABSENT, KEY_ENCRYPTION_KEY_MALFORMED or KEY_ENCRYPTION_KEY_LENGTH
     */
    public static KeyEncryptionKey environment(String name, Map<String, String> variables) throws TlsException {
        String value = variables.get(name);
        if (value == null) {
            throw Problem.SECRET_VARIABLE_ABSENT.with(name);
        }
        return parse(value.getBytes(StandardCharsets.ISO_8859_1), "env:" + name);
    }

    private static KeyEncryptionKey parse(byte[] content, String place) throws TlsException {
        List<byte[]> secrets = new ArrayList<>();
        try {
            int begin = 0;
            for (int i = 0; i <= content.length; i++) {
                if (i == content.length || content[i] <= ' ') {
                    if (i > begin) {
                        secrets.add(secret(Arrays.copyOfRange(content, begin, i), place));
                    }
                    begin = i + 1;
                }
            }
            if (secrets.isEmpty()) {
                throw Problem.KEY_ENCRYPTION_KEY_MALFORMED.with(place);
            }
            return of(secrets);
        } finally {
            secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
        }
    }

    private static byte[] secret(byte[] coded, String place) throws TlsException {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(coded);
        } catch (IllegalArgumentException noBase64) {
            // Without the cause, whose message has a character of the key.
            throw Problem.KEY_ENCRYPTION_KEY_MALFORMED.with(place);
        } finally {
            Arrays.fill(coded, (byte) 0);
        }
        if (secret.length != LENGTH) {
            Arrays.fill(secret, (byte) 0);
            throw Problem.KEY_ENCRYPTION_KEY_LENGTH.with(place, secret.length);
        }
        return secret;
    }

    @Override
    public byte[] wrap(byte[] secret, byte[] context) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        Key key = keys.getFirst();
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(secret);
        byte[] wrapped = Arrays.copyOf(key.id(), ID_LENGTH + NONCE_LENGTH + sealed.length);
        System.arraycopy(nonce, 0, wrapped, ID_LENGTH, NONCE_LENGTH);
        System.arraycopy(sealed, 0, wrapped, ID_LENGTH + NONCE_LENGTH, sealed.length);
        return wrapped;
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
        if (wrapped.length < ID_LENGTH + NONCE_LENGTH + TAG_BITS / 8) {
            throw new NotAuthenticException(null);
        }
        byte[] id = Arrays.copyOf(wrapped, ID_LENGTH);
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.id(), id)) {
                byte[] nonce = Arrays.copyOfRange(wrapped, ID_LENGTH, ID_LENGTH + NONCE_LENGTH);
                int offset = ID_LENGTH + NONCE_LENGTH;
                try {
                    return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                            .doFinal(wrapped, offset, wrapped.length - offset);
                } catch (AEADBadTagException forged) {
                    throw new NotAuthenticException(forged);
                }
            }
        }
        throw new UnknownKeyException();
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }
}
