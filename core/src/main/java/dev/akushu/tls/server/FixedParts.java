package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The parts of a ClientHello that must be the same after a retry. RFC 9846 section 4.2.2. */
final class FixedParts {
    private static final Set<ExtensionType> MAY_CHANGE =
            Set.of(ExtensionType.EARLY_DATA, ExtensionType.COOKIE, ExtensionType.PRE_SHARED_KEY, ExtensionType.PADDING);
    private static final Bytes ANY = Bytes.wrap(new byte[1]);

    private FixedParts() {}

    /**
     * Their hash, for who cannot keep them; the order of the extensions does not count.
     *
     * @param newShare whether the retry asks for another key share: else there must be shares for the same groups
     */
    static Bytes hash(ClientHello hello, boolean newShare, HashAlgorithm algorithm) {
        List<Extension> fixed = hello.extensions().list().stream()
                .filter(extension -> !MAY_CHANGE.contains(extension.type()))
                .filter(extension -> !newShare || !extension.type().equals(ExtensionType.KEY_SHARE))
                .map(FixedParts::withoutExchanges)
                .sorted(Comparator.comparingInt(extension -> extension.type().code()))
                .toList();
        ClientHello rest = new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.legacySessionId(),
                hello.cipherSuites(),
                hello.legacyCompressionMethods(),
                Extensions.of(fixed));
        return Bytes.wrap(algorithm.newDigest().digest(HandshakeCodec.encode(rest)));
    }

    /** SunJSSE answers a cookie by new shares for the same groups. It MUST NOT, but nothing was computed from the first ones, and both hellos are in the transcript. */
    private static Extension withoutExchanges(Extension extension) {
        if (!(extension instanceof KeyShareClientHello shares)) {
            return extension;
        }
        return new KeyShareClientHello(shares.clientShares().stream()
                .map(share -> new KeyShareEntry(share.group(), ANY))
                .toList());
    }
}
