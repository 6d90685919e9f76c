package dev.akushu.tls.server;

import static dev.akushu.tls.engine.Transitions.at;
import static dev.akushu.tls.server.ServerStep.CONNECTED;
import static dev.akushu.tls.server.ServerStep.EXPECT_CERTIFICATE;
import static dev.akushu.tls.server.ServerStep.EXPECT_CERTIFICATE_VERIFY;
import static dev.akushu.tls.server.ServerStep.EXPECT_CLIENT_HELLO;
import static dev.akushu.tls.server.ServerStep.EXPECT_END_OF_EARLY_DATA;
import static dev.akushu.tls.server.ServerStep.EXPECT_FINISHED;
import static dev.akushu.tls.server.ServerStep.EXPECT_LATE_CERTIFICATE_VERIFY;
import static dev.akushu.tls.server.ServerStep.EXPECT_LATE_FINISHED;
import static dev.akushu.tls.server.ServerStep.EXPECT_SECOND_CLIENT_HELLO;

import dev.akushu.tls.engine.Transitions;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.CompressedCertificate;
import dev.akushu.tls.wire.EndOfEarlyData;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.KeyUpdate;

/** Which message may come when, and where it leads, for a server. RFC 9846 appendix A.2. */
public final class ServerTransitions {
    /** The table. */
    public static final Transitions TABLE = Transitions.of(
            at(
                    EXPECT_CLIENT_HELLO,
                    ClientHello.class,
                    EXPECT_SECOND_CLIENT_HELLO,
                    EXPECT_END_OF_EARLY_DATA,
                    EXPECT_CERTIFICATE,
                    EXPECT_FINISHED),
            // A retry refuses early data: RFC 9846 section 4.2.4.
            at(EXPECT_SECOND_CLIENT_HELLO, ClientHello.class, EXPECT_CERTIFICATE, EXPECT_FINISHED),
            // With a pre-shared key there is no certificate to come: RFC 9846 section 4.5.1.
            at(EXPECT_END_OF_EARLY_DATA, EndOfEarlyData.class, EXPECT_FINISHED),
            // An empty certificate is not followed by a proof: RFC 9846 section 4.5.1.
            at(EXPECT_CERTIFICATE, Certificate.class, EXPECT_CERTIFICATE_VERIFY, EXPECT_FINISHED),
            at(EXPECT_CERTIFICATE, CompressedCertificate.class, EXPECT_CERTIFICATE_VERIFY, EXPECT_FINISHED),
            at(EXPECT_CERTIFICATE_VERIFY, CertificateVerify.class, EXPECT_FINISHED),
            at(EXPECT_FINISHED, Finished.class, CONNECTED),
            at(CONNECTED, KeyUpdate.class, CONNECTED),
            // Nothing may come between the messages of an answer: RFC 9846 section 4.7.2.
            at(CONNECTED, Certificate.class, EXPECT_LATE_CERTIFICATE_VERIFY, EXPECT_LATE_FINISHED),
            at(EXPECT_LATE_CERTIFICATE_VERIFY, CertificateVerify.class, EXPECT_LATE_FINISHED),
            at(EXPECT_LATE_FINISHED, Finished.class, CONNECTED));

    private ServerTransitions() {}
}
