package dev.akushu.interop.peer;

import dev.akushu.tls.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a peer saw of one connection. Null means none, or that the peer does not tell.
 *
 * @param clientSubject the subject of the certificate that the client showed, such as {@code CN=client}
 * @param stapled the OCSP response that came beside the server's certificate
 * @param error what went wrong in the peer's words, null if the connection held to its end
 * @param output everything the peer printed, for the report of a failed test
 */
public record Seen(
        @Nullable Boolean resumed,
        @Nullable String suite,
        @Nullable String group,
        @Nullable Boolean hrr,
        @Nullable String alpn,
        @Nullable String sni,
        @Nullable String clientSubject,
        @Nullable Bytes stapled,
        @Nullable String error,
        String output) {

    static final Seen NOTHING = new Seen(null, null, null, null, null, null, null, null, null, "");

    Seen resumed(@Nullable Boolean value) {
        return new Seen(value, suite, group, hrr, alpn, sni, clientSubject, stapled, error, output);
    }

    Seen suite(@Nullable String value) {
        return new Seen(resumed, value, group, hrr, alpn, sni, clientSubject, stapled, error, output);
    }

    Seen group(@Nullable String value) {
        return new Seen(resumed, suite, value, hrr, alpn, sni, clientSubject, stapled, error, output);
    }

    Seen hrr(@Nullable Boolean value) {
        return new Seen(resumed, suite, group, value, alpn, sni, clientSubject, stapled, error, output);
    }

    Seen alpn(@Nullable String value) {
        return new Seen(resumed, suite, group, hrr, value, sni, clientSubject, stapled, error, output);
    }

    Seen sni(@Nullable String value) {
        return new Seen(resumed, suite, group, hrr, alpn, value, clientSubject, stapled, error, output);
    }

    Seen clientSubject(@Nullable String value) {
        return new Seen(resumed, suite, group, hrr, alpn, sni, value, stapled, error, output);
    }

    Seen stapled(@Nullable Bytes value) {
        return new Seen(resumed, suite, group, hrr, alpn, sni, clientSubject, value, error, output);
    }

    Seen error(@Nullable String value) {
        return new Seen(resumed, suite, group, hrr, alpn, sni, clientSubject, stapled, value, output);
    }

    Seen output(String value) {
        return new Seen(resumed, suite, group, hrr, alpn, sni, clientSubject, stapled, error, value);
    }
}
