package dev.akushu.bench.record;

import dev.akushu.bench.stack.Shaker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The floor: the JDK's AES-128-GCM and the header of a record, with nothing around it. Between arrays the cipher is given arrays, outside the heap the buffers. What is encrypted is a TLSInnerPlaintext, the content with its type
 * behind it (RFC 9846 section 5.2); it is put together once for all records, whose content is the same.
 */
final class CipherLane implements Lane {
    private static final byte APPLICATION_DATA = 23;
    private static final short LEGACY_RECORD_VERSION = 0x0303;
    private static final int HEADER = 5;
    private static final int TAG = 16;

    private final SecretKey key;
    private final Cipher sealing;
    private final Cipher opening;
    private final byte[] nonce = new byte[12];
    private final byte[] header = new byte[HEADER];
    private final ByteBuffer headerBuffer = ByteBuffer.wrap(header);
    private ByteBuffer inner = ByteBuffer.allocate(0);
    private long sealed;
    private long opened;

    CipherLane() throws GeneralSecurityException {
        byte[] octets = new byte[16];
        new SecureRandom().nextBytes(octets);
        key = new SecretKeySpec(octets, "AES");
        sealing = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        opening = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    }

    @Override
    public void seal(ByteBuffer plain, ByteBuffer wire) throws IOException {
        if (inner.capacity() != plain.remaining() + 1) {
            inner = Shaker.buffer(plain.remaining() + 1, plain.isDirect());
            inner.put(plain.duplicate()).put(APPLICATION_DATA);
        }
        headerBuffer.put(0, APPLICATION_DATA).putShort(1, LEGACY_RECORD_VERSION).putShort(3, (short)
                (inner.capacity() + TAG));
        wire.put(header);
        run(sealing, Cipher.ENCRYPT_MODE, sealed++, inner.rewind(), inner.capacity(), wire);
    }

    @Override
    public void open(ByteBuffer wire, ByteBuffer plain) throws IOException {
        wire.get(header);
        run(opening, Cipher.DECRYPT_MODE, opened++, wire, Short.toUnsignedInt(headerBuffer.getShort(3)), plain);
        plain.position(plain.position() - 1);
    }

    private void run(Cipher cipher, int mode, long number, ByteBuffer from, int length, ByteBuffer to)
            throws IOException {
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[nonce.length - 1 - i] = (byte) (number >>> (Byte.SIZE * i));
        }
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
            cipher.updateAAD(header);
            if (from.hasArray()) {
                int written = cipher.doFinal(
                        from.array(),
                        from.arrayOffset() + from.position(),
                        length,
                        to.array(),
                        to.arrayOffset() + to.position());
                from.position(from.position() + length);
                to.position(to.position() + written);
                return;
            }
            int limit = from.limit();
            from.limit(from.position() + length);
            cipher.doFinal(from, to);
            from.limit(limit);
        } catch (GeneralSecurityException failed) {
            throw new IOException(failed);
        }
    }
}
