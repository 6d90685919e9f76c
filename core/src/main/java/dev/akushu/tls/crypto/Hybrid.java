package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Diffie-Hellman group and ML-KEM side by side, RFC 10024: shares and secrets of the two are concatenated, in one
 * order for all three. Secure as long as one of the two is.
 */
final class Hybrid implements KeyExchange {
    private final NamedGroup group;
    private final KeyExchange classical;
    private final MlKem kem;
    private final boolean classicalFirst;

    private Hybrid(NamedGroup group, KeyExchange classical, MlKem kem, boolean classicalFirst) {
        this.group = group;
        this.classical = classical;
        this.kem = kem;
        this.classicalFirst = classicalFirst;
    }

    /** The order of X25519MLKEM768. */
    static Hybrid kemFirst(NamedGroup group, MlKem kem, KeyExchange classical) {
        return new Hybrid(group, classical, kem, false);
    }

    /** The order of SecP256r1MLKEM768 and SecP384r1MLKEM1024. */
    static Hybrid classicalFirst(NamedGroup group, KeyExchange classical, MlKem kem) {
        return new Hybrid(group, classical, kem, true);
    }

    @Override
    public NamedGroup group() {
        return group;
    }

    @Override
    public int clientShareLength() {
        return classical.clientShareLength() + kem.clientShareLength();
    }

    @Override
    public List<Origin> origins() {
        return Stream.concat(kem.origins().stream(), classical.origins().stream())
                .distinct()
                .toList();
    }

    @Override
    public ClientShare generate(SecureRandom random) {
        return new OwnShare(new SharedKey(classical.generate(random)), kem.generate(random));
    }

    @Override
    public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
        Halves halves = split(clientShare, kem.clientShareLength());
        ServerShare fromClassical = classical.respond(halves.classical(), random);
        byte[] classicalSecret = fromClassical.secret();
        try {
            ServerShare fromKem = kem.respond(halves.kem(), random);
            return new ServerShare(
                    join(fromClassical.share(), fromKem.share()), joinSecrets(classicalSecret, fromKem.secret()));
        } finally {
            Arrays.fill(classicalSecret, (byte) 0);
        }
    }

    /** The same hybrid with another implementation of its classical half. */
    Hybrid with(KeyExchange otherClassical) {
        return new Hybrid(group, otherClassical, kem, classicalFirst);
    }

    /** The half that is no KEM. */
    KeyExchange classical() {
        return classical;
    }

    private Halves split(Bytes share, int kemLength) throws BadKeyShareException {
        // Both sides of a Diffie-Hellman group send shares of the same length.
        int classicalLength = classical.clientShareLength();
        int expected = classicalLength + kemLength;
        if (share.length() != expected) {
            throw new BadKeyShareException("the share has " + share.length() + " bytes instead of " + expected);
        }
        return classicalFirst
                ? new Halves(share.slice(0, classicalLength), share.slice(classicalLength, kemLength))
                : new Halves(share.slice(kemLength, classicalLength), share.slice(0, kemLength));
    }

    private Bytes join(Bytes classicalShare, Bytes kemShare) {
        return Bytes.wrap(join(classicalShare.toArray(), kemShare.toArray()));
    }

    /** Both in their order; wipes the KEM's, which the caller would have to otherwise. */
    private byte[] joinSecrets(byte[] classicalSecret, byte[] kemSecret) {
        try {
            return join(classicalSecret, kemSecret);
        } finally {
            Arrays.fill(kemSecret, (byte) 0);
        }
    }

    private byte[] join(byte[] classicalPart, byte[] kemPart) {
        byte[] first = classicalFirst ? classicalPart : kemPart;
        byte[] second = classicalFirst ? kemPart : classicalPart;
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private record Halves(Bytes classical, Bytes kem) {}

    private final class OwnShare implements ClientShare {
        private final SharedKey classicalKey;
        private final ClientShare classicalShare;
        private final ClientShare kemShare;
        private final Bytes share;

        OwnShare(SharedKey classicalKey, ClientShare kemShare) {
            this.classicalKey = classicalKey;
            this.classicalShare = classicalKey.lease();
            this.kemShare = kemShare;
            this.share = join(classicalShare.share(), kemShare.share());
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
            Halves halves = split(serverShare, kem.ciphertextLength());
            byte[] classicalSecret = classicalShare.agree(halves.classical());
            try {
                return joinSecrets(classicalSecret, kemShare.agree(halves.kem()));
            } finally {
                Arrays.fill(classicalSecret, (byte) 0);
            }
        }

        @Override
        public ClientShare classicalHalf() {
            return classicalKey.lease();
        }

        @Override
        public void destroy() {
            classicalShare.destroy();
            kemShare.destroy();
        }
    }
}
