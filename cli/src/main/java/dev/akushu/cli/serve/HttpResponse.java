package dev.akushu.cli.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status its status
 * @param content what it carries
 * @param fields header fields besides those that every answer has
 */
record HttpResponse(HttpStatus status, HttpContent content, Map<String, String> fields) implements AutoCloseable {
    static HttpResponse ok(HttpContent content) {
        return new HttpResponse(HttpStatus.OK, content, Map.of());
    }

    /** An answer whose content is its status. */
    static HttpResponse plain(HttpStatus status, Map<String, String> fields) {
        return new HttpResponse(status, HttpContent.text("text/plain", status + "\n"), fields);
    }

    /**
     * Sends it.
     *
     * @param withContent false for HEAD: all but the content
     * @param last whether the connection is closed afterwards
     */
    void sendTo(OutputStream out, boolean withContent, boolean last) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
        all.put("Content-Type", content.type());
        all.put("Content-Length", Long.toString(content.length()));
        all.put("Cache-Control", "no-cache");
        all.put("X-Content-Type-Options", "nosniff");
        all.put("Connection", last ? "close" : "keep-alive");
        all.putAll(fields);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (withContent) {
            content.sendTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
