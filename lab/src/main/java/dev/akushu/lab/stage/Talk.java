package dev.akushu.lab.stage;

import dev.akushu.tls.TlsConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What the two ends say to each other: HTTP/1.1, so that other tools can read it too. */
final class Talk {
    private static final byte[] ANSWER = "Hello from the server, 握手!\n".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_REQUEST = 8192;

    private Talk() {}

    static byte[] request(String host, boolean last) {
        return ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: " + (last ? "close" : "keep-alive") + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Answers each request until one asks for the end; {@code early} is what came of the first as early data. */
    static void answer(TlsConnection connection, byte[] early) throws IOException {
        byte[] request = early.length > 0 ? early : readHead(connection.input());
        while (request.length > 0) {
            boolean last = new String(request, StandardCharsets.US_ASCII).contains("Connection: close");
            connection.output().write(response(last));
            if (last) {
                return;
            }
            request = readHead(connection.input());
        }
    }

    /** Reads one answer of a connection that stays open. */
    static void readAnswer(InputStream in) throws IOException {
        readHead(in);
        in.readNBytes(ANSWER.length);
    }

    private static byte[] response(boolean last) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + ANSWER.length
                        + "\r\nConnection: " + (last ? "close" : "keep-alive") + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + ANSWER.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(ANSWER, 0, all, head.length, ANSWER.length);
        return all;
    }

    /** Up to and with the empty line; what came if the stream ends before it. */
    private static byte[] readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2 && head.size() < LONGEST_REQUEST) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
            if (next == '\n') {
                newlines++;
            } else if (next != '\r') {
                newlines = 0;
            }
        }
        return head.toByteArray();
    }
}
