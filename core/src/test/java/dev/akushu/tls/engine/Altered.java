package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.ServerHello;
import dev.akushu.tls.wire.UnknownExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Messages with one thing changed, as a peer that does not keep to the rules might send them. */
final class Altered {
    private Altered() {}

    /** A change that puts {@code extension} in the place of the one of its type, or at the end if there is none. */
    static UnaryOperator<Extensions> with(Extension extension) {
        return extensions -> {
            List<Extension> changed = new ArrayList<>(extensions.list());
            for (int i = 0; i < changed.size(); i++) {
                if (changed.get(i).type().equals(extension.type())) {
                    changed.set(i, extension);
                    return Extensions.of(changed);
                }
            }
            changed.add(extension);
            return Extensions.of(changed);
        };
    }

    /** A change that puts {@code extension} in front, whether or not there is one of its type already. */
    static UnaryOperator<Extensions> inFront(Extension extension) {
        return extensions -> {
            List<Extension> changed = new ArrayList<>(extensions.list());
            changed.addFirst(extension);
            return Extensions.of(changed);
        };
    }

    /** A change that takes the extensions of these types out. */
    static UnaryOperator<Extensions> without(ExtensionType... types) {
        return extensions -> Extensions.of(extensions.list().stream()
                .filter(extension -> !List.of(types).contains(extension.type()))
                .toList());
    }

    /** An extension with any content. */
    static Extension raw(ExtensionType type, String hex) {
        return new UnknownExtension(type, Bytes.fromHex(hex));
    }

    static ServerHello extensions(ServerHello hello, UnaryOperator<Extensions> change) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.legacySessionIdEcho(),
                hello.cipherSuite(),
                hello.legacyCompressionMethod(),
                change.apply(hello.extensions()));
    }

    static ServerHello legacyVersion(ServerHello hello, int version) {
        return new ServerHello(
                version,
                hello.random(),
                hello.legacySessionIdEcho(),
                hello.cipherSuite(),
                hello.legacyCompressionMethod(),
                hello.extensions());
    }

    static ServerHello random(ServerHello hello, Bytes random) {
        return new ServerHello(
                hello.legacyVersion(),
                random,
                hello.legacySessionIdEcho(),
                hello.cipherSuite(),
                hello.legacyCompressionMethod(),
                hello.extensions());
    }

    static ServerHello sessionId(ServerHello hello, Bytes echo) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                echo,
                hello.cipherSuite(),
                hello.legacyCompressionMethod(),
                hello.extensions());
    }

    static ServerHello suite(ServerHello hello, CipherSuite suite) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.legacySessionIdEcho(),
                suite,
                hello.legacyCompressionMethod(),
                hello.extensions());
    }

    static ServerHello compression(ServerHello hello, int method) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.legacySessionIdEcho(),
                hello.cipherSuite(),
                method,
                hello.extensions());
    }

    static HelloRetryRequest extensions(HelloRetryRequest retry, UnaryOperator<Extensions> change) {
        return new HelloRetryRequest(
                retry.legacyVersion(),
                retry.legacySessionIdEcho(),
                retry.cipherSuite(),
                retry.legacyCompressionMethod(),
                change.apply(retry.extensions()));
    }

    static HelloRetryRequest legacyVersion(HelloRetryRequest retry, int version) {
        return new HelloRetryRequest(
                version,
                retry.legacySessionIdEcho(),
                retry.cipherSuite(),
                retry.legacyCompressionMethod(),
                retry.extensions());
    }

    /** The retry with other answers to what is not an extension. */
    static HelloRetryRequest retry(HelloRetryRequest retry, Bytes sessionIdEcho, CipherSuite suite, int compression) {
        return new HelloRetryRequest(retry.legacyVersion(), sessionIdEcho, suite, compression, retry.extensions());
    }

    static ClientHello extensions(ClientHello hello, UnaryOperator<Extensions> change) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.legacySessionId(),
                hello.cipherSuites(),
                hello.legacyCompressionMethods(),
                change.apply(hello.extensions()));
    }

    static ClientHello legacyVersion(ClientHello hello, int version) {
        return new ClientHello(
                version,
                hello.random(),
                hello.legacySessionId(),
                hello.cipherSuites(),
                hello.legacyCompressionMethods(),
                hello.extensions());
    }

    static ClientHello random(ClientHello hello, Bytes random) {
        return new ClientHello(
                hello.legacyVersion(),
                random,
                hello.legacySessionId(),
                hello.cipherSuites(),
                hello.legacyCompressionMethods(),
                hello.extensions());
    }

    static ClientHello sessionId(ClientHello hello, Bytes sessionId) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                sessionId,
                hello.cipherSuites(),
                hello.legacyCompressionMethods(),
                hello.extensions());
    }

    static ClientHello suites(ClientHello hello, List<CipherSuite> suites) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.legacySessionId(),
                suites,
                hello.legacyCompressionMethods(),
                hello.extensions());
    }

    static ClientHello compression(ClientHello hello, String methods) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.legacySessionId(),
                hello.cipherSuites(),
                Bytes.fromHex(methods),
                hello.extensions());
    }

    /** The same octets but for one bit. */
    static Bytes flipped(Bytes octets, int bit) {
        byte[] changed = octets.toArray();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.wrap(changed);
    }
}
