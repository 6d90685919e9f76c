package dev.akushu.lab.site;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes answers, each with the headers that keep a page to what it needs. */
final class Reply {
    /**
     * Nothing from anywhere else, and no script or style that is not a file of ours. The page's view library makes elements by
     * the one trusted type that is named here.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

    private Reply() {}

    static void bytes(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        prepare(exchange, type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || content.length == 0 ? -1 : content.length);
        if (!head) {
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(content);
            }
        }
    }

    static void json(HttpExchange exchange, int status, String object) throws IOException {
        bytes(exchange, status, "application/json", object.getBytes(StandardCharsets.UTF_8));
    }

    static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        bytes(exchange, status, "text/plain; charset=utf-8", (why + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Begins a stream of events; the caller writes and closes it. */
    static OutputStream stream(HttpExchange exchange) throws IOException {
        prepare(exchange, "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void prepare(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }
}
