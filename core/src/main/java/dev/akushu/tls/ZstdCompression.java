package dev.akushu.tls;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.util.Arrays;

/** Certificates by Zstandard, in the native code of zstd-jni. RFC 8878. */
final class ZstdCompression implements CertificateCompression {
    private static final int CODE = 3;
    private static final int BEST = 19;

    /** How a frame begins, RFC 8878 section 3.1.1. Older libraries also unpack formats from before the RFC, by decoders that nobody looks after. */
    private static final byte[] MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private ZstdCompression() {}

    /** Throws a {@link LinkageError} if zstd-jni is not there, or not for this machine. */
    static ZstdCompression load() {
        Native.load();
        return new ZstdCompression();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public byte[] compress(byte[] message) {
        return Zstd.compress(message, BEST);
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws IOException {
        if (compressed.length < MAGIC.length || !Arrays.equals(compressed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("it does not begin as a frame of Zstandard does");
        }
        try {
            long frame = Zstd.findFrameCompressedSize(compressed);
            if (frame < compressed.length) {
                throw new IOException(compressed.length - frame + " bytes follow behind it");
            }
            // Straight into the message: whatever window the frame asks for, no memory is taken for it.
            byte[] message = new byte[length];
            long written = Zstd.decompressByteArray(message, 0, length, compressed, 0, compressed.length);
            if (written < length) {
                throw new IOException("it ends after " + written + " bytes");
            }
            return message;
        } catch (ZstdException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
    }
}
