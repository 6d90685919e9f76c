package dev.akushu.tls.wire;

import static dev.akushu.tls.wire.AnyExtension.bytes;
import static dev.akushu.tls.wire.AnyExtension.u16;
import static dev.akushu.tls.wire.AnyExtension.u32;
import static dev.akushu.tls.wire.AnyExtension.u8;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.SignatureScheme;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/** All handshake messages, with all extensions that they may carry. */
final class AnyMessage implements ArbitrarySupplier<HandshakeMessage> {
    @Override
    public Arbitrary<HandshakeMessage> get() {
        return Arbitraries.<HandshakeMessage>oneOf(
                        clientHello(),
                        serverHello(),
                        helloRetryRequest(),
                        AnyExtension.block(MessageKind.ENCRYPTED_EXTENSIONS).map(EncryptedExtensions::new),
                        certificateRequest(),
                        certificate(),
                        Combinators.combine(u16(), Arbitraries.integers().between(0, 0xffffff), bytes(1, 60))
                                .as(CompressedCertificate::new),
                        Combinators.combine(u16().map(SignatureScheme::of), bytes(0, 80))
                                .as(CertificateVerify::new),
                        bytes(0, 64).map(Finished::new),
                        Arbitraries.create(EndOfEarlyData::new),
                        newSessionTicket(),
                        Arbitraries.of(true, false).map(KeyUpdate::new))
                // Their combinations are more than all tries of a property.
                .withoutEdgeCases();
    }

    static Arbitrary<ClientHello> clientHello() {
        return Combinators.combine(
                        u16(),
                        bytes(32, 32),
                        bytes(0, 32),
                        u16().map(CipherSuite::of).list().ofMinSize(1).ofMaxSize(8),
                        bytes(1, 4),
                        AnyExtension.helloBlock(MessageKind.CLIENT_HELLO))
                .as(ClientHello::new);
    }

    private static Arbitrary<ServerHello> serverHello() {
        return Combinators.combine(
                        u16(),
                        bytes(32, 32),
                        bytes(0, 32),
                        u16().map(CipherSuite::of),
                        u8(),
                        AnyExtension.helloBlock(MessageKind.SERVER_HELLO))
                .as(ServerHello::new);
    }

    private static Arbitrary<HelloRetryRequest> helloRetryRequest() {
        return Combinators.combine(
                        u16(),
                        bytes(0, 32),
                        u16().map(CipherSuite::of),
                        u8(),
                        AnyExtension.helloBlock(MessageKind.HELLO_RETRY_REQUEST))
                .as(HelloRetryRequest::new);
    }

    private static Arbitrary<CertificateRequest> certificateRequest() {
        return Combinators.combine(bytes(0, 20), AnyExtension.block(MessageKind.CERTIFICATE_REQUEST))
                .as(CertificateRequest::new);
    }

    private static Arbitrary<Certificate> certificate() {
        Arbitrary<CertificateEntry> entry = Combinators.combine(
                        bytes(1, 100), AnyExtension.block(MessageKind.CERTIFICATE))
                .as(CertificateEntry::new);
        return Combinators.combine(bytes(0, 20), entry.list().ofMaxSize(3)).as(Certificate::new);
    }

    private static Arbitrary<NewSessionTicket> newSessionTicket() {
        return Combinators.combine(
                        u32(), u32(), bytes(0, 20), bytes(1, 100), AnyExtension.block(MessageKind.NEW_SESSION_TICKET))
                .as(NewSessionTicket::new);
    }
}
