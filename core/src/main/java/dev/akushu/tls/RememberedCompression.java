package dev.akushu.tls;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compresses each certificate once: an identity shows the same in every handshake. */
final class RememberedCompression implements CertificateCompression {
    /** More than most servers have identities; if there are more, the work is done anew now and then. */
    private static final int MOST = 64;

    private final CertificateCompression compression;
    private final Map<Bytes, byte[]> known = new ConcurrentHashMap<>();

    private RememberedCompression(CertificateCompression compression) {
        this.compression = compression;
    }

    static CertificateCompression of(CertificateCompression compression) {
        return compression instanceof RememberedCompression ? compression : new RememberedCompression(compression);
    }

    @Override
    public int code() {
        return compression.code();
    }

    @Override
    public byte[] compress(byte[] message) {
        Bytes key = Bytes.copyOf(message);
        byte[] present = known.get(key);
        if (present != null) {
            return present.clone();
        }
        byte[] compressed = compression.compress(message);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(key, compressed.clone());
        return compressed;
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws IOException {
        return compression.decompress(compressed, length);
    }
}
