package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of a connection with TLS_AES_128_GCM_SHA256, in the hands of somebody who has its traffic secret and
 * does not keep to the rules: opens what was sealed, and seals anything. With the JDK's cryptography and code of its
 * own, so that no fault of the record layer is on both sides.
 */
final class ForgedRecords {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    private static final int TAG_BITS = 128;

    private byte[] secret;
    private long sequence;

    /** From the traffic secret, before its first record. */
    ForgedRecords(Bytes trafficSecret) {
        this.secret = trafficSecret.toArray();
    }

    /** The record in the clear. */
    static byte[] clear(int type, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) type)
                .putShort((short) 0x0303)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    /** As {@link #clear(int, byte[])}, with the content in hexadecimal. */
    static byte[] clear(int type, String hex) {
        return clear(type, Bytes.fromHex(hex).toArray());
    }

    /** The records one after another. */
    static byte[] join(byte[]... records) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] record : records) {
            joined.writeBytes(record);
        }
        return joined.toByteArray();
    }

    /** The next record, with this content and type in it. */
    byte[] seal(int type, byte[] content) {
        byte[] inner = Arrays.copyOf(content, content.length + 1);
        inner[content.length] = (byte) type;
        return sealInner(inner);
    }

    /** As {@link #seal(int, byte[])}, with the content in hexadecimal. */
    byte[] seal(int type, String hex) {
        return seal(type, Bytes.fromHex(hex).toArray());
    }

    /** The next record, with this TLSInnerPlaintext. */
    byte[] sealInner(byte[] inner) {
        byte[] header = header(inner.length + TAG_BITS / 8);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, header, inner, 0, inner.length);
        return join(header, sealed);
    }

    /** The TLSInnerPlaintext of the next record, which is all of {@code record}. */
    byte[] openInner(byte[] record) {
        return crypt(Cipher.DECRYPT_MODE, Arrays.copyOf(record, 5), record, 5, record.length - 5);
    }

    /** The verify_data of a Finished by this direction's sender. RFC 9846 section 4.5.3. */
    Bytes verifyData(byte[] transcriptHash) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(expand("finished", 32), "HMAC"));
            return Bytes.wrap(hmac.doFinal(transcriptHash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes on with the next keys, as after a KeyUpdate. */
    void update() {
        secret = expand("traffic upd", 32);
        sequence = 0;
    }

    private byte[] crypt(int mode, byte[] header, byte[] input, int offset, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(expand("key", 16), "AES"), new GCMParameterSpec(TAG_BITS, nonce()));
            cipher.updateAAD(header);
            return cipher.doFinal(input, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] nonce() {
        byte[] nonce = expand("iv", 12);
        ByteBuffer buffer = ByteBuffer.wrap(nonce);
        buffer.putLong(4, buffer.getLong(4) ^ sequence++);
        return nonce;
    }

    private static byte[] header(int length) {
        return new byte[] {APPLICATION_DATA, 3, 3, (byte) (length >>> 8), (byte) length};
    }

    /** HKDF-Expand-Label without a context. RFC 9846 section 7.1. */
    private byte[] expand(String label, int length) {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(4 + name.length)
                .putShort((short) length)
                .put((byte) name.length)
                .put(name)
                .put((byte) 0)
                .array();
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.expandOnly(new SecretKeySpec(secret, "HKDF"), info, length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
