package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;

/**
 * An extension in one of the forms it has: the question in one message and the answer in another are records of their
 * own. RFC 9846 section 4.3.
 */
public sealed interface Extension
        permits ProtocolNameList,
                CertificateAuthorities,
                CertificateStatus,
                ClientCertificateTypes,
                ClientTicketRequest,
                CompressCertificate,
                Cookie,
                EarlyDataIndication,
                EmptyStatusRequest,
                KeyShareClientHello,
                KeyShareHelloRetryRequest,
                KeyShareServerHello,
                MaxEarlyDataSize,
                OfferedPsks,
                OidFilters,
                Padding,
                PostHandshakeAuth,
                PskKeyExchangeModes,
                QuicTransportParameters,
                RecordSizeLimit,
                SelectedProtocolName,
                SelectedClientCertificateType,
                SelectedPsk,
                SelectedServerCertificateType,
                SelectedVersion,
                ServerCertificateTypes,
                ServerName,
                ServerNameAck,
                ServerTicketRequestHint,
                SignatureAlgorithms,
                SignatureAlgorithmsCert,
                SignedCertificateTimestampRequest,
                SignedCertificateTimestamps,
                StatusRequest,
                SupportedGroups,
                SupportedVersions,
                UnknownExtension {
    /** The type that stands before the data. */
    ExtensionType type();

    /** Writes the data, without type and length. */
    void encode(WireWriter out);
}
