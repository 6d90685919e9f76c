package dev.akushu.interop.peer;

import java.nio.charset.StandardCharsets;

/**
 * What a server under test does with what a peer's client sends: a GET gets a page and the end of the connection, anything else is
 * echoed until close_notify.
 */
public final class Service {
    /** What {@link #page} answers to everything but the root; the browser's page shows it once it has fetched it. */
    public static final String SECOND = "second connection";

    /**
     * The root's page. It fetches three times, since a browser may have opened two connections side by side from the start, without
     * a ticket; each connection takes one request.
     */
    public static final String ROOT = "<!doctype html><p id=x>first connection</p><script>"
            + "for(const path of ['/a','/b','/second']){const r=new XMLHttpRequest();r.open('GET',path,false);r.send();"
            + "document.getElementById('x').textContent=r.responseText}</script>";

    private Service() {}

    /** Whether the bytes so far begin an HTTP request. Only a client that sends nothing else is a peer here. */
    public static boolean isHttp(String received) {
        return received.startsWith("GET ");
    }

    public static boolean isComplete(String received) {
        return received.contains("\r\n\r\n");
    }

    /**
     * The whole response to a GET. The root's page makes a browser open more connections, the last of which resumes, before the page counts as loaded.
     */
    public static byte[] page(String request) {
        boolean root = request.startsWith("GET / ");
        String body = root ? ROOT : SECOND;
        String response = "HTTP/1.0 200 OK\r\nContent-Type: " + (root ? "text/html" : "text/plain")
                + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        return response.getBytes(StandardCharsets.US_ASCII);
    }
}
