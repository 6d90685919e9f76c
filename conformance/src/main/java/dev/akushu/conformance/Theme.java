package dev.akushu.conformance;

import java.util.regex.Pattern;

/** What a test of the runner is about, as far as its name tells; the first that fits. */
enum Theme {
    OTHER_PROTOCOLS("DTLS and QUIC", "DTLS|QUIC"),
    EARLY_DATA("early data", "Early|0RTT"),
    ECH("Encrypted Client Hello", "ECH"),
    RAW_PUBLIC_KEYS("raw public keys", "CertificateType|RawPublicKey"),
    PSK("external pre-shared keys, PAKE", "PSK-|^PAKE|Imported"),
    COMPRESSION("certificate compression", "CertCompression"),
    STAPLES("OCSP responses and SCTs", "OCSP|SCT|SignedCertificateTimestamp"),
    CHANNEL_ID("ALPS, Channel ID, NPN, hints, trust anchors", "ALPS|ChannelID|NPN|Hint|TrustAnchor"),
    DELEGATED("delegated credentials", "Delegated"),
    POLICIES("compliance policies", "^Compliance"),
    SELECTION("certificate selection", "^CertificateSelection"),
    SIGNATURES("signatures", "Verify|Sign|Signature|ECDSA|RSA|ServerAuth|ClientAuth|NoCommonAlgorithms|KeyUsage"),
    VERDICTS("verdicts about certificates", "Certificate|Cert"),
    SESSIONS("resumption and tickets", "Resum|Session|Ticket|Reverify"),
    GROUPS("groups, key shares, HelloRetryRequest", "Curve|KeyShare|MLKEM|PostQuantum|HelloRetry|HRR|Groups|PQ"),
    RECORDS(
            "records, alerts, change_cipher_spec",
            "Record|Padding|Large|Fragment|Alert|ChangeCipher|CCS|Plaintext|AppData"),
    MESSAGES(
            "order and form of messages",
            "Message|Partial|Trailing|Unexpected|Wrong|Extra|Renegotiat|Second|Split|Pack"),
    EXTENSIONS("extensions, ALPN, server names", "Extension|ALPN|ServerName|GREASE|EMS|SRTP"),
    KEYS("KeyUpdate, exporters, shut-down", "KeyUpdate|Export|Shutdown|CloseNotify"),
    VERSIONS("versions and suites", "Version|Cipher|Downgrade|SSL3|-CHACHA|-AES|V2ClientHello"),
    REST("all else", "");

    private final String title;
    private final Pattern names;

    Theme(String title, String names) {
        this.title = title;
        this.names = Pattern.compile(names);
    }

    static Theme of(String testName) {
        for (Theme theme : values()) {
            if (theme.names.matcher(testName).find()) {
                return theme;
            }
        }
        return REST;
    }

    String title() {
        return title;
    }
}
