package dev.akushu.tls.wire;

import java.util.HexFormat;
import java.util.Locale;

/** Writes messages by hand, as hexadecimal digits, so that a test can get them wrong. */
final class WireHex {
    /** supported_versions in a ClientHello: TLS 1.3 alone. */
    static final String OFFERED_VERSION = extension(43, "020304");

    /** supported_versions in a ServerHello or HelloRetryRequest: TLS 1.3. */
    static final String SELECTED_VERSION = extension(43, "0304");

    private static final String RANDOM = "5a".repeat(32);

    private WireHex() {}

    /** The content after its length in {@code prefix} bytes. */
    static String vector(int prefix, String content) {
        return String.format(Locale.ROOT, "%0" + 2 * prefix + "x", content.length() / 2) + content;
    }

    static String extension(int type, String data) {
        return String.format(Locale.ROOT, "%04x", type) + vector(2, data);
    }

    static byte[] message(int type, String body) {
        return HexFormat.of().parseHex(String.format(Locale.ROOT, "%02x", type) + vector(3, body));
    }

    /** A ClientHello of TLS 1.3 with one more extension. */
    static byte[] clientHelloWith(int type, String data) {
        return clientHello(vector(2, OFFERED_VERSION + extension(type, data)));
    }

    /** A ClientHello with this after the compression methods. */
    static byte[] clientHello(String end) {
        return message(1, "0303" + RANDOM + "00" + vector(2, "1301") + vector(1, "00") + end);
    }

    /** A ServerHello of TLS 1.3 with one more extension. */
    static byte[] serverHelloWith(int type, String data) {
        return serverHello(vector(2, SELECTED_VERSION + extension(type, data)));
    }

    /** A ServerHello with this after the compression method. */
    static byte[] serverHello(String end) {
        return message(2, "0303" + RANDOM + "00" + "1301" + "00" + end);
    }

    /** A HelloRetryRequest with one more extension than the version. */
    static byte[] helloRetryRequestWith(int type, String data) {
        return helloRetryRequest(vector(2, SELECTED_VERSION + extension(type, data)));
    }

    /** A HelloRetryRequest with this after the compression method. */
    static byte[] helloRetryRequest(String end) {
        return message(2, "0303" + HelloRetryRequest.RANDOM.hex() + "00" + "1301" + "00" + end);
    }

    static byte[] encryptedExtensionsWith(int type, String data) {
        return message(8, vector(2, extension(type, data)));
    }

    static byte[] certificateRequestWith(int type, String data) {
        return message(13, "00" + vector(2, extension(type, data)));
    }

    /** A Certificate with one certificate that has this extension. */
    static byte[] certificateWith(int type, String data) {
        return message(11, "00" + vector(3, vector(3, "3000") + vector(2, extension(type, data))));
    }

    static byte[] newSessionTicketWith(int type, String data) {
        return message(4, "0000001e" + "00000000" + "00" + vector(2, "77") + vector(2, extension(type, data)));
    }
}
