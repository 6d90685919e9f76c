package dev.akushu.programs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import javax.net.ssl.SSLContext;

/** The JDK's HttpClient, with a new connection for each exchange, for tests of servers. */
final class JdkClient {
    private JdkClient() {}

    /** Ten megabytes that no compression makes smaller. */
    static byte[] tenMegabytes() {
        byte[] body = new byte[10 << 20];
        new Random(1).nextBytes(body);
        return body;
    }

    static String uri(String host, int port) {
        return "https://" + host + ":" + port + "/";
    }

    static HttpResponse<byte[]> get(SSLContext context, Version version, String uri)
            throws IOException, InterruptedException {
        return send(context, version, HttpRequest.newBuilder(URI.create(uri)).build());
    }

    static HttpResponse<byte[]> post(SSLContext context, Version version, String uri, byte[] body)
            throws IOException, InterruptedException {
        return send(
                context,
                version,
                HttpRequest.newBuilder(URI.create(uri))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build());
    }

    private static HttpResponse<byte[]> send(SSLContext context, Version version, HttpRequest request)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(context).version(version).build()) {
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }
}
