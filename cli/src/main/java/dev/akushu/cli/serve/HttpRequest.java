package dev.akushu.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP/1.1 or HTTP/1.0 request. RFC 9112. Read strictly and within limits: what a lenient reader guesses at is what attacks are
 * made of.
 *
 * @param method in upper case as a rule; methods are case-sensitive
 * @param path the target's path, percent-encoded as it came, without the query
 * @param http11 whether the version is 1.1, so that the connection stays open unless somebody says otherwise
 * @param fields the header fields, by name in lower case
 */
record HttpRequest(String method, String path, boolean http11, Map<String, String> fields) {
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_FIELDS = 100;

    private static final Pattern REQUEST_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\\x21-\\x7e]+) HTTP/([0-9])\\.([0-9])");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    /** The absolute form of the target, RFC 9112 section 3.2.2. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/?#]*(.*)");

    /** Copies the fields. */
    HttpRequest {
        fields = Map.copyOf(fields);
    }

    /** The next request; empty if the client has closed instead. */
    static Optional<HttpRequest> read(InputStream in) throws IOException, HttpException {
        Optional<String> first = line(in, HttpStatus.URI_TOO_LONG);
        // RFC 9112 2.2: a server should ignore at least one empty line before the request line.
        if (first.isPresent() && first.get().isEmpty()) {
            first = line(in, HttpStatus.URI_TOO_LONG);
        }
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Matcher request = REQUEST_LINE.matcher(first.get());
        if (!request.matches()) {
            throw new HttpException(HttpStatus.BAD_REQUEST, "no request line");
        }
        if (!request.group(3).equals("1")) {
            throw new HttpException(HttpStatus.VERSION_NOT_SUPPORTED, "HTTP/" + request.group(3));
        }
        boolean http11 = !request.group(4).equals("0");
        Map<String, String> fields = fields(in);
        // RFC 9112 3.2: a request of HTTP/1.1 without Host MUST be answered by 400.
        if (http11 && !fields.containsKey("host")) {
            throw new HttpException(HttpStatus.BAD_REQUEST, "no Host");
        }
        return Optional.of(new HttpRequest(request.group(1), path(request.group(2)), http11, fields));
    }

    /** Whether the connection stays open after the answer. What might have content is not read on: this server takes none. */
    boolean keepsAlive() {
        String connection = fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        boolean content = fields.containsKey("transfer-encoding")
                || !fields.getOrDefault("content-length", "0").equals("0");
        return http11 && !connection.contains("close") && !content;
    }

    private static Map<String, String> fields(InputStream in) throws IOException, HttpException {
        Map<String, String> fields = new HashMap<>();
        while (true) {
            String line = line(in, HttpStatus.HEADER_FIELDS_TOO_LARGE)
                    .orElseThrow(() -> new HttpException(HttpStatus.BAD_REQUEST, "the header has no end"));
            if (line.isEmpty()) {
                return fields;
            }
            if (fields.size() == MOST_FIELDS) {
                throw new HttpException(HttpStatus.HEADER_FIELDS_TOO_LARGE, "too many fields");
            }
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new HttpException(HttpStatus.BAD_REQUEST, "no header field");
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            String before = fields.put(name, field.group(2));
            if (before != null) {
                // RFC 9110 5.3: a list may be split, but two hosts or two lengths are an attempt at something.
                if (name.equals("host") || name.equals("content-length")) {
                    throw new HttpException(HttpStatus.BAD_REQUEST, "two of " + name);
                }
                fields.put(name, before + ", " + field.group(2));
            }
        }
    }

    private static String path(String target) {
        Matcher absolute = ABSOLUTE.matcher(target);
        String origin = absolute.matches() ? absolute.group(1) : target;
        String path = origin.split("[?#]", 2)[0];
        return path.isEmpty() ? "/" : path;
    }

    /** A line without its end, CRLF or LF; empty at the end of the stream. */
    private static Optional<String> line(InputStream in, HttpStatus ifTooLong) throws IOException, HttpException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                if (line.isEmpty()) {
                    return Optional.empty();
                }
                throw new HttpException(HttpStatus.BAD_REQUEST, "a line has no end");
            }
            if (line.length() == LONGEST_LINE) {
                throw new HttpException(ifTooLong, "a line is too long");
            }
            line.append((char) octet);
        }
        int length = line.length();
        boolean carriageReturn = length > 0 && line.charAt(length - 1) == '\r';
        return Optional.of(line.substring(0, carriageReturn ? length - 1 : length));
    }
}
