package dev.akushu.cli.serve;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** Answers GET and HEAD over HTTP/1.1, one request after the other. RFC 9112. */
final class HttpService implements Service {
    private static final int MOST_REQUESTS = 1000;
    /** So that a small answer is one record. */
    private static final int BUFFER = 16_384;

    private final Site site;

    HttpService(Site site) {
        this.site = site;
    }

    @Override
    public void serve(Talk talk) throws IOException {
        InputStream in = new BufferedInputStream(talk.input());
        OutputStream out = new BufferedOutputStream(talk.output(), BUFFER);
        try {
            boolean goesOn = true;
            for (int left = MOST_REQUESTS; goesOn; left--) {
                Optional<HttpRequest> request = HttpRequest.read(in);
                goesOn = request.isPresent() && answer(request.get(), talk, out, left == 1);
            }
        } catch (HttpException bad) {
            try (HttpResponse answer = HttpResponse.plain(bad.status(), Map.of())) {
                answer.sendTo(out, true, true);
            }
        }
        out.flush();
    }

    /** Whether the connection stays open. */
    private boolean answer(HttpRequest request, Talk talk, OutputStream out, boolean last) throws IOException {
        boolean head = request.method().equals("HEAD");
        boolean known = head || request.method().equals("GET");
        boolean closes = last || !request.keepsAlive();
        try (HttpResponse answer = known ? site.find(request.path(), talk.session()) : notAllowed()) {
            answer.sendTo(out, !head, closes);
        }
        out.flush();
        return !closes;
    }

    private static HttpResponse notAllowed() {
        return HttpResponse.plain(HttpStatus.METHOD_NOT_ALLOWED, Map.of("Allow", "GET, HEAD"));
    }
}
