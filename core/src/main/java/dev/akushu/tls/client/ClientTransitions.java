package dev.akushu.tls.client;

import static dev.akushu.tls.client.ClientStep.CONNECTED;
import static dev.akushu.tls.client.ClientStep.EXPECT_CERTIFICATE;
import static dev.akushu.tls.client.ClientStep.EXPECT_CERTIFICATE_OR_REQUEST;
import static dev.akushu.tls.client.ClientStep.EXPECT_CERTIFICATE_VERIFY;
import static dev.akushu.tls.client.ClientStep.EXPECT_ENCRYPTED_EXTENSIONS;
import static dev.akushu.tls.client.ClientStep.EXPECT_FINISHED;
import static dev.akushu.tls.client.ClientStep.EXPECT_SECOND_SERVER_HELLO;
import static dev.akushu.tls.client.ClientStep.EXPECT_SERVER_HELLO;
import static dev.akushu.tls.engine.Transitions.at;

import dev.akushu.tls.engine.Transitions;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.CompressedCertificate;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyUpdate;
import dev.akushu.tls.wire.NewSessionTicket;
import dev.akushu.tls.wire.ServerHello;

/** Which message may come when, and where it leads, for a client. RFC 9846 appendix A.1. */
public final class ClientTransitions {
    /** The table. */
    public static final Transitions TABLE = Transitions.of(
            at(EXPECT_SERVER_HELLO, ServerHello.class, EXPECT_ENCRYPTED_EXTENSIONS),
            at(EXPECT_SERVER_HELLO, HelloRetryRequest.class, EXPECT_SECOND_SERVER_HELLO),
            at(EXPECT_SECOND_SERVER_HELLO, ServerHello.class, EXPECT_ENCRYPTED_EXTENSIONS),
            // With a pre-shared key there is no certificate: RFC 9846 section 4.5.1.
            at(EXPECT_ENCRYPTED_EXTENSIONS, EncryptedExtensions.class, EXPECT_CERTIFICATE_OR_REQUEST, EXPECT_FINISHED),
            at(EXPECT_CERTIFICATE_OR_REQUEST, CertificateRequest.class, EXPECT_CERTIFICATE),
            at(EXPECT_CERTIFICATE_OR_REQUEST, Certificate.class, EXPECT_CERTIFICATE_VERIFY),
            at(EXPECT_CERTIFICATE_OR_REQUEST, CompressedCertificate.class, EXPECT_CERTIFICATE_VERIFY),
            at(EXPECT_CERTIFICATE, Certificate.class, EXPECT_CERTIFICATE_VERIFY),
            at(EXPECT_CERTIFICATE, CompressedCertificate.class, EXPECT_CERTIFICATE_VERIFY),
            at(EXPECT_CERTIFICATE_VERIFY, CertificateVerify.class, EXPECT_FINISHED),
            at(EXPECT_FINISHED, Finished.class, CONNECTED),
            at(CONNECTED, NewSessionTicket.class, CONNECTED),
            at(CONNECTED, KeyUpdate.class, CONNECTED),
            at(CONNECTED, CertificateRequest.class, CONNECTED));

    private ClientTransitions() {}
}
