package dev.akushu.tls.halfrtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Records under a logged secret of TLS_AES_128_GCM_SHA256, by the JDK alone. RFC 9846 sections 5.2, 5.3 and 7.3. */
final class TrafficKeys {
    private static final int HEADER = 5;

    private final SecretKeySpec key;
    private final byte[] iv;

    /** Of the secret that {@code keyLog} has under {@code label}. */
    TrafficKeys(List<String> keyLog, String label) throws GeneralSecurityException {
        String line = keyLog.stream()
                .filter(logged -> logged.startsWith(label + " "))
                .findFirst()
                .orElseThrow();
        byte[] secret = HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1));
        key = new SecretKeySpec(expand(secret, "key", 16), "AES");
        iv = expand(secret, "iv", 12);
    }

    /** TLSInnerPlaintext of a record. */
    byte[] open(byte[] record, int sequenceNumber) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, sequenceNumber);
        cipher.updateAAD(record, 0, HEADER);
        return cipher.doFinal(record, HEADER, record.length - HEADER);
    }

    /** The record that protects {@code innerPlaintext}. */
    byte[] seal(byte[] innerPlaintext, int sequenceNumber) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, sequenceNumber);
        int length = cipher.getOutputSize(innerPlaintext.length);
        ByteBuffer record = ByteBuffer.allocate(HEADER + length)
                .put((byte) 23)
                .putShort((short) 0x0303)
                .putShort((short) length);
        cipher.updateAAD(record.array(), 0, HEADER);
        return record.put(cipher.doFinal(innerPlaintext)).array();
    }

    private Cipher cipher(int mode, int sequenceNumber) throws GeneralSecurityException {
        byte[] nonce = iv.clone();
        nonce[nonce.length - 1] ^= (byte) sequenceNumber;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        return cipher;
    }

    /** HKDF-Expand-Label with an empty context, for no more than one block. */
    private static byte[] expand(byte[] secret, String label, int length) throws GeneralSecurityException {
        byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(full.length + 5)
                .putShort((short) length)
                .put((byte) full.length)
                .put(full)
                .put((byte) 0)
                .put((byte) 1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return Arrays.copyOf(mac.doFinal(info.array()), length);
    }
}
