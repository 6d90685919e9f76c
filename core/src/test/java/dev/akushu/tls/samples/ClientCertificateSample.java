package dev.akushu.tls.samples;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A server that asks for the client's certificate, and a client that has one. */
final class ClientCertificateSample {
    private ClientCertificateSample() {}

    // sample: client certificate, server
    static TlsServer server(Path chainFile, Path keyFile, Path clientCaFile) throws TlsException {
        return TlsServer.builder(Identity.pem(chainFile, keyFile))
                .clientAuthentication(ClientAuthentication.REQUIRED, Trust.pem(clientCaFile))
                .build();
    }

    /** Whom the client's certificate names. */
    static String whoIs(TlsConnection client) throws IOException, CertificateException {
        client.handshake(); // nothing has been read or written yet, so nobody has shaken hands
        byte[] der =
                client.session().orElseThrow().peerCertificates().getFirst().toArray();
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        return certificate.getSubjectX500Principal().getName();
    }
    // end

    // sample: client certificate, client
    static TlsClient client(Path serverCaFile, Path chainFile, Path keyFile) throws TlsException {
        return TlsClient.builder(Trust.pem(serverCaFile))
                .identity(Identity.pem(chainFile, keyFile))
                .build();
    }
    // end
}
