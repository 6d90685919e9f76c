package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds what a handshake led to against what the flags say it must.
 *
 * @param options of the connection
 * @param session what it led to
 * @param handshake what was shown in it
 * @param resumes whether the connection tries to resume
 */
record Expectations(Options options, TlsSession session, TlsHandshake handshake, boolean resumes) {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----");

    static Expectations of(Options options, TlsEngine engine, boolean resumes) {
        return new Expectations(
                options, engine.session().orElseThrow(), engine.handshake().orElseThrow(), resumes);
    }

    void check(Observed observed, ShimIdentities identities) throws Unmet, IOException {
        checkResumption();
        checkTicketAge(observed);
        checkEarlyData(observed);
        checkNegotiated();
        checkPeerCertificates();
        checkBesideCertificate();
        checkSchemes(observed, identities);
        checkAuthorities(identities);
        checkSelectedCredential(identities);
        if (options.has(Flag.EXPECT_ADVERTISED_ALPN)) {
            Unmet.unlessEqual(
                    "offered ALPN",
                    options.text(Flag.EXPECT_ADVERTISED_ALPN).orElseThrow(),
                    onWire(observed.offeredProtocols()));
        }
    }

    private void checkResumption() throws Unmet {
        boolean expected = resumes && !options.has(Flag.EXPECT_SESSION_MISS);
        Unmet.unlessEqual("resumed", expected, session.resumed());
        if (options.has(Flag.EXPECT_HRR) || options.has(Flag.EXPECT_NO_HRR)) {
            Unmet.unlessEqual("retried", options.has(Flag.EXPECT_HRR), session.retried());
        }
    }

    private void checkTicketAge(Observed observed) throws Unmet {
        if (resumes && options.has(Flag.EXPECT_TICKET_AGE_SKEW)) {
            Unmet.unlessEqual(
                    "seconds that the client's clock counts more than the server's",
                    options.text(Flag.EXPECT_TICKET_AGE_SKEW).orElseThrow(),
                    Long.toString(observed.ticketAgeSkew()));
        }
    }

    private void checkEarlyData(Observed observed) throws Unmet {
        if (options.has(Flag.EXPECT_ACCEPT_EARLY_DATA) || options.has(Flag.EXPECT_REJECT_EARLY_DATA)) {
            Unmet.unlessEqual(
                    "early data accepted",
                    options.has(Flag.EXPECT_ACCEPT_EARLY_DATA),
                    session.earlyData().accepted());
        }
        if (options.has(Flag.EXPECT_NO_OFFER_EARLY_DATA)) {
            Unmet.unlessEqual("early data offered", false, observed.earlyDataOffered());
        }
        if (options.has(Flag.EXPECT_EARLY_DATA_REASON)) {
            String expected = options.text(Flag.EXPECT_EARLY_DATA_REASON).orElseThrow();
            // The runner says accept too, at a time when BoringSSL's shim does not look yet.
            Unmet.unlessEqual(
                    "what became of early data",
                    expected.equals("accept") ? "accepted" : expected,
                    EarlyDataReasons.of(session, options.has(Flag.ENABLE_EARLY_DATA)));
        }
    }

    private void checkNegotiated() throws Unmet {
        NamedGroup group = session.group();
        expectCode(Flag.EXPECT_CURVE_ID, group == null ? 0 : group.code());
        expectCode(Flag.EXPECT_CIPHER, session.suite().code());
        expectCode(Flag.EXPECT_CIPHER_AES, session.suite().code());
        String protocol = session.applicationProtocol();
        Flag which = options.isServer() ? Flag.SELECT_ALPN : Flag.EXPECT_ALPN;
        Unmet.unlessEqual("ALPN", options.text(which).orElse(""), protocol == null ? "" : protocol);
        if (options.has(Flag.EXPECT_SERVER_NAME)) {
            Unmet.unlessEqual(
                    "server name", options.text(Flag.EXPECT_SERVER_NAME), Optional.ofNullable(session.serverName()));
        }
    }

    private void checkPeerCertificates() throws Unmet, IOException {
        List<Bytes> chain = session.peerCertificates();
        boolean mustShow = session.externalPsk() == null
                && (!options.isServer() || options.has(Flag.REQUIRE_ANY_CLIENT_CERTIFICATE));
        if (options.has(Flag.EXPECT_NO_PEER_CERT)) {
            Unmet.unlessEqual("peer's certificates", List.of(), chain);
        } else if (mustShow && chain.isEmpty() && session.rawPublicKey() == null) {
            throw new Unmet("the peer showed no certificate");
        }
        if (options.has(Flag.EXPECT_PEER_CERT_FILE)) {
            Path file = Path.of(options.text(Flag.EXPECT_PEER_CERT_FILE).orElseThrow());
            Unmet.unlessEqual("peer's certificates", certificates(file), chain);
        }
        expectCode(
                Flag.EXPECT_PEER_CERTIFICATE_TYPE,
                (session.rawPublicKey() == null ? CertificateType.X509 : CertificateType.RAW_PUBLIC_KEY).code());
    }

    /** What came beside the peer's certificate in this handshake; one that resumes has none. */
    private void checkBesideCertificate() throws Unmet {
        if (session.resumed()) {
            return;
        }
        if (options.has(Flag.EXPECT_OCSP_RESPONSE)) {
            Unmet.unlessEqual(
                    "OCSP response",
                    Optional.of(options.bytes(Flag.EXPECT_OCSP_RESPONSE)),
                    Optional.ofNullable(handshake.ocspResponse()));
        }
        if (options.has(Flag.EXPECT_SIGNED_CERT_TIMESTAMPS)) {
            Unmet.unlessEqual(
                    "timestamps",
                    ShimIdentities.timestamps(options.bytes(Flag.EXPECT_SIGNED_CERT_TIMESTAMPS)),
                    handshake.timestamps());
        }
    }

    private void checkSchemes(Observed observed, ShimIdentities identities) throws Unmet {
        if (!session.resumed()) {
            // A session does not keep with which scheme a client proved its key, so there is nothing to ask for when it
            // resumes.
            expectCode(
                    Flag.EXPECT_PEER_SIGNATURE_ALGORITHM,
                    observed.peerScheme().map(SignatureScheme::code).orElse(0));
        }
        if (options.has(Flag.EXPECT_PEER_VERIFY_PREF)) {
            List<SignatureScheme> expected = options.codes(Flag.EXPECT_PEER_VERIFY_PREF, SignatureScheme::of);
            Unmet.unlessEqual(
                    "schemes the peer accepts",
                    Optional.of(expected),
                    identities.request().map(IdentitySource.Request::schemes));
        }
    }

    private void checkAuthorities(ShimIdentities identities) throws Unmet {
        if (options.has(Flag.EXPECT_CLIENT_CA_LIST)) {
            List<Bytes> expected =
                    Names.parse(options.text(Flag.EXPECT_CLIENT_CA_LIST).orElseThrow());
            Unmet.unlessEqual(
                    "authorities",
                    Optional.of(expected),
                    identities.request().map(IdentitySource.Request::authorities));
        }
    }

    private void checkSelectedCredential(ShimIdentities identities) throws Unmet {
        if (!options.has(Flag.EXPECT_SELECTED_CREDENTIAL)) {
            return;
        }
        int expected =
                Integer.parseInt(options.text(Flag.EXPECT_SELECTED_CREDENTIAL).orElseThrow());
        Bytes psk = session.externalPsk();
        int selected = psk == null
                ? options.credentialNumber(identities.indexOf(session.localCertificates()))
                : options.pskNumber(psk);
        Unmet.unlessEqual("selected credential", expected, selected);
    }

    private void expectCode(Flag flag, int actual) throws Unmet {
        if (options.has(flag)) {
            Unmet.unlessEqual(flag.toString(), options.number(flag, 0), (long) actual);
        }
    }

    private static String onWire(List<String> protocols) {
        StringBuilder list = new StringBuilder();
        protocols.forEach(name -> list.append((char) name.length()).append(name));
        return list.toString();
    }

    private static List<Bytes> certificates(Path file) throws IOException {
        List<Bytes> all = new ArrayList<>();
        Matcher blocks = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        while (blocks.find()) {
            all.add(Bytes.wrap(Base64.getMimeDecoder().decode(blocks.group(1))));
        }
        return all;
    }
}
