package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.SignatureScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** All extensions that a message may carry, in all their forms. */
final class AnyExtension {
    /** What has a form of its own in some message, and so is never an {@link UnknownExtension} there. */
    private static final Set<Integer> RECOGNISED =
            Set.of(0, 5, 10, 13, 16, 18, 19, 20, 21, 27, 28, 41, 42, 43, 44, 45, 47, 48, 49, 50, 51, 57, 58);

    private AnyExtension() {}

    /** One extension that this message may carry. */
    static Arbitrary<Extension> in(MessageKind message) {
        return Arbitraries.oneOf(formsIn(message));
    }

    /** Extensions that this message may carry, no type twice. */
    static Arbitrary<Extensions> block(MessageKind message) {
        return blockWithout(message, Set.of()).map(Extensions::of);
    }

    /** Extensions that this hello of TLS 1.3 may carry, with supported_versions somewhere among them. */
    static Arbitrary<Extensions> helloBlock(MessageKind hello) {
        Arbitrary<Extension> versions = hello == MessageKind.CLIENT_HELLO
                ? supportedVersions().map(Extension.class::cast)
                : selectedVersion().map(Extension.class::cast);
        return Combinators.combine(blockWithout(hello, Set.of(ExtensionType.SUPPORTED_VERSIONS)), versions)
                .as((others, version) -> {
                    List<Extension> all = new ArrayList<>(others);
                    all.add(all.size() / 2, version);
                    return Extensions.of(all);
                });
    }

    /** Any bytes of a length from {@code minimum} to {@code maximum}. */
    static Arbitrary<Bytes> bytes(int minimum, int maximum) {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(minimum)
                .ofMaxSize(maximum)
                .map(Bytes::copyOf);
    }

    static Arbitrary<Integer> u8() {
        return Arbitraries.integers().between(0, 0xff);
    }

    static Arbitrary<Integer> u16() {
        return Arbitraries.integers().between(0, 0xffff);
    }

    static Arbitrary<Long> u32() {
        return Arbitraries.longs().between(0, 0xffffffffL);
    }

    private static Arbitrary<List<Extension>> blockWithout(MessageKind message, Set<ExtensionType> excluded) {
        return in(message)
                .filter(extension -> !excluded.contains(extension.type()))
                .list()
                .uniqueElements(Extension::type)
                .ofMaxSize(6);
    }

    private static List<Arbitrary<? extends Extension>> formsIn(MessageKind message) {
        return switch (message) {
            case CLIENT_HELLO ->
                List.of(
                        unknown(),
                        bytes(1, 40).map(ServerName::new),
                        Combinators.combine(some(bytes(1, 20), 0), bytes(0, 20)).as(StatusRequest::new),
                        supportedGroups(),
                        signatureAlgorithms(),
                        signatureAlgorithmsCert(),
                        some(bytes(1, 20), 1).map(ProtocolNameList::new),
                        Arbitraries.create(SignedCertificateTimestampRequest::new),
                        some(certificateType(), 1).map(ClientCertificateTypes::new),
                        some(certificateType(), 1).map(ServerCertificateTypes::new),
                        Arbitraries.integers().between(0, 40).map(Padding::ofLength),
                        compressCertificate(),
                        recordSizeLimit(),
                        offeredPsks(),
                        Arbitraries.create(EarlyDataIndication::new),
                        supportedVersions(),
                        bytes(1, 40).map(Cookie::new),
                        some(u8().map(PskKeyExchangeMode::of), 1).map(PskKeyExchangeModes::new),
                        certificateAuthorities(),
                        Arbitraries.create(PostHandshakeAuth::new),
                        some(keyShareEntry(), 0).map(KeyShareClientHello::new),
                        bytes(0, 40).map(QuicTransportParameters::new),
                        Combinators.combine(u8(), u8()).as(ClientTicketRequest::new));
            case SERVER_HELLO ->
                List.of(
                        unknown(),
                        u16().map(SelectedPsk::new),
                        selectedVersion(),
                        keyShareEntry().map(KeyShareServerHello::new));
            case HELLO_RETRY_REQUEST ->
                List.of(
                        unknown(),
                        selectedVersion(),
                        bytes(1, 40).map(Cookie::new),
                        namedGroup().map(KeyShareHelloRetryRequest::new));
            case ENCRYPTED_EXTENSIONS ->
                List.of(
                        unknown(),
                        Arbitraries.create(ServerNameAck::new),
                        supportedGroups(),
                        bytes(1, 20).map(SelectedProtocolName::new),
                        certificateType().map(SelectedClientCertificateType::new),
                        certificateType().map(SelectedServerCertificateType::new),
                        recordSizeLimit(),
                        Arbitraries.create(EarlyDataIndication::new),
                        bytes(0, 40).map(QuicTransportParameters::new),
                        u8().map(ServerTicketRequestHint::new));
            case CERTIFICATE_REQUEST ->
                List.of(
                        unknown(),
                        bytes(0, 20).map(data -> new UnknownExtension(ExtensionType.SERVER_NAME, data)),
                        Arbitraries.create(EmptyStatusRequest::new),
                        signatureAlgorithms(),
                        signatureAlgorithmsCert(),
                        Arbitraries.create(SignedCertificateTimestampRequest::new),
                        compressCertificate(),
                        certificateAuthorities(),
                        oidFilters());
            case CERTIFICATE ->
                List.of(
                        unknown(),
                        bytes(1, 40).map(CertificateStatus::new),
                        some(bytes(1, 40), 1).map(SignedCertificateTimestamps::new));
            case NEW_SESSION_TICKET -> List.of(unknown(), u32().map(MaxEarlyDataSize::new));
        };
    }

    private static Arbitrary<UnknownExtension> unknown() {
        Arbitrary<Integer> types = Arbitraries.oneOf(
                        u16(), Arbitraries.of(23, 35, 0x0a0a, 0xfafa, 0xfe0d, 0xff01, 0xffff))
                .filter(code -> !RECOGNISED.contains(code));
        return Combinators.combine(types.map(ExtensionType::of), bytes(0, 20)).as(UnknownExtension::new);
    }

    private static <T> Arbitrary<List<T>> some(Arbitrary<T> one, int minimum) {
        return one.list().ofMinSize(minimum).ofMaxSize(4);
    }

    private static Arbitrary<NamedGroup> namedGroup() {
        return u16().map(NamedGroup::of);
    }

    private static Arbitrary<SupportedGroups> supportedGroups() {
        return some(namedGroup(), 1).map(SupportedGroups::new);
    }

    private static Arbitrary<SignatureAlgorithms> signatureAlgorithms() {
        return some(u16().map(SignatureScheme::of), 1).map(SignatureAlgorithms::new);
    }

    private static Arbitrary<SignatureAlgorithmsCert> signatureAlgorithmsCert() {
        return some(u16().map(SignatureScheme::of), 1).map(SignatureAlgorithmsCert::new);
    }

    private static Arbitrary<CertificateType> certificateType() {
        return u8().map(CertificateType::of);
    }

    private static Arbitrary<CompressCertificate> compressCertificate() {
        return some(u16().map(CertificateCompressionAlgorithm::of), 1).map(CompressCertificate::new);
    }

    private static Arbitrary<RecordSizeLimit> recordSizeLimit() {
        return Arbitraries.integers().between(64, 0xffff).map(RecordSizeLimit::new);
    }

    private static Arbitrary<OfferedPsks> offeredPsks() {
        Arbitrary<PskIdentity> identity =
                Combinators.combine(bytes(1, 40), u32()).as(PskIdentity::new);
        return Combinators.combine(some(identity, 1), some(bytes(32, 64), 1)).as(OfferedPsks::new);
    }

    private static Arbitrary<SupportedVersions> supportedVersions() {
        return some(u16().map(ProtocolVersion::of), 1).map(SupportedVersions::new);
    }

    private static Arbitrary<SelectedVersion> selectedVersion() {
        return u16().map(ProtocolVersion::of).map(SelectedVersion::new);
    }

    private static Arbitrary<CertificateAuthorities> certificateAuthorities() {
        return some(bytes(1, 20), 1).map(CertificateAuthorities::new);
    }

    private static Arbitrary<OidFilters> oidFilters() {
        return Combinators.combine(bytes(1, 10), bytes(0, 20))
                .as(OidFilter::new)
                .list()
                .uniqueElements(OidFilter::certificateExtensionOid)
                .ofMaxSize(4)
                .map(OidFilters::new);
    }

    private static Arbitrary<KeyShareEntry> keyShareEntry() {
        return Combinators.combine(namedGroup(), bytes(1, 40)).as(KeyShareEntry::new);
    }
}
