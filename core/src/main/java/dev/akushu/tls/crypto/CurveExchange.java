package dev.akushu.tls.crypto;

import dev.akushu.curves.P256;
import dev.akushu.curves.P384;
import dev.akushu.curves.X25519;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A curve of Akushu's own as a group; secrets are arrays here, which are wiped. RFC 9846 section 7.4.2. */
final class CurveExchange implements KeyExchange {
    private static final int UNCOMPRESSED = 4;

    private final NamedGroup group;
    private final Curve curve;
    private final int secretLength;
    private final int shareLength;
    private final Origin origin;

    private CurveExchange(NamedGroup group, Curve curve, int secretLength, int shareLength, Origin origin) {
        this.group = group;
        this.curve = curve;
        this.secretLength = secretLength;
        this.shareLength = shareLength;
        this.origin = origin;
    }

    static CurveExchange x25519(Origin origin) {
        return new CurveExchange(NamedGroup.X25519, new Montgomery(), X25519.LENGTH, X25519.LENGTH, origin);
    }

    static CurveExchange secp256r1(Origin origin) {
        Curve curve = new Weierstrass(P256::generate, P256::agree);
        return new CurveExchange(NamedGroup.SECP256R1, curve, P256.LENGTH, P256.POINT_LENGTH, origin);
    }

    static CurveExchange secp384r1(Origin origin) {
        Curve curve = new Weierstrass(P384::generate, P384::agree);
        return new CurveExchange(NamedGroup.SECP384R1, curve, P384.LENGTH, P384.POINT_LENGTH, origin);
    }

    @Override
    public NamedGroup group() {
        return group;
    }

    @Override
    public int clientShareLength() {
        return shareLength;
    }

    @Override
    public ClientShare generate(SecureRandom random) {
        byte[] secret = new byte[secretLength];
        byte[] share = new byte[shareLength];
        curve.generate(random, secret, share);
        return new OwnShare(secret, Bytes.wrap(share));
    }

    @Override
    public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
        byte[] secret = new byte[secretLength];
        byte[] share = new byte[shareLength];
        curve.generate(random, secret, share);
        try {
            return new ServerShare(Bytes.wrap(share), agree(secret, clientShare));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public List<Origin> origins() {
        return List.of(origin);
    }

    /** The common secret of {@code secret} and the key that {@code share} stands for. */
    byte[] agree(byte[] secret, Bytes share) throws BadKeyShareException {
        if (share.length() != shareLength) {
            throw new BadKeyShareException("the share has " + share.length() + " bytes instead of " + shareLength);
        }
        byte[] common = new byte[secretLength];
        curve.agree(secret, share.toArray(), common);
        return common;
    }

    @Override
    public String toString() {
        return group + " of Akushu's curves";
    }

    /** A curve; everything is octets as on the wire, in arrays of the right length. */
    private interface Curve {
        /** Fills {@code secret} and {@code share} with a fresh key pair. */
        void generate(SecureRandom random, byte[] secret, byte[] share);

        /** Fills {@code common} with the common secret. */
        void agree(byte[] secret, byte[] share, byte[] common) throws BadKeyShareException;
    }

    private static final class Montgomery implements Curve {
        @Override
        public void generate(SecureRandom random, byte[] secret, byte[] share) {
            X25519.generate(random, secret, share, 0);
        }

        @Override
        public void agree(byte[] secret, byte[] share, byte[] common) throws BadKeyShareException {
            // RFC 9846 7.4.2: an all-zero result MUST be refused. Every share is a point of the curve or its twist.
            if (!X25519.agree(secret, share, 0, common, 0)) {
                throw new BadKeyShareException("no secret comes of the share: the point has a small order");
            }
        }
    }

    /** RFC 9846 section 4.3.8.2: uncompressed points, which MUST be validated. */
    private record Weierstrass(Generator generator, Agreement agreement) implements Curve {
        @Override
        public void generate(SecureRandom random, byte[] secret, byte[] share) {
            generator.generate(random, secret, share, 0);
        }

        @Override
        public void agree(byte[] secret, byte[] share, byte[] common) throws BadKeyShareException {
            if (share[0] != UNCOMPRESSED) {
                throw new BadKeyShareException("the point is not in uncompressed form");
            }
            if (!agreement.agree(secret, share, 0, share.length, common, 0)) {
                throw new BadKeyShareException("the point is not on the curve");
            }
        }

        private interface Generator {
            void generate(SecureRandom random, byte[] secret, byte[] share, int offset);
        }

        private interface Agreement {
            boolean agree(byte[] secret, byte[] share, int offset, int length, byte[] common, int commonOffset);
        }
    }

    private final class OwnShare implements ClientShare {
        private final Bytes share;
        private byte @Nullable [] secret;

        OwnShare(byte[] secret, Bytes share) {
            this.secret = secret;
            this.share = share;
        }

        @Override
        public NamedGroup group() {
            return group;
        }

        @Override
        public Bytes share() {
            return share;
        }

        @Override
        public byte[] agree(Bytes serverShare) throws BadKeyShareException {
            byte[] own = secret;
            if (own == null) {
                throw new IllegalStateException("The share is destroyed");
            }
            return CurveExchange.this.agree(own, serverShare);
        }

        @Override
        public void destroy() {
            byte[] own = secret;
            if (own != null) {
                Arrays.fill(own, (byte) 0);
            }
            secret = null;
        }
    }
}
