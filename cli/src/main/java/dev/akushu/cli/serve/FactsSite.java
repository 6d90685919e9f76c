package dev.akushu.cli.serve;

import dev.akushu.cli.console.Summary;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.TlsSession;
import java.util.Map;

/** One page that shows a browser the facts of its connection. */
final class FactsSite implements Site {
    private final Words words;

    FactsSite(Words words) {
        this.words = words;
    }

    @Override
    public HttpResponse find(String path, TlsSession session) {
        if (!path.equals("/")) {
            return HttpResponse.plain(HttpStatus.NOT_FOUND, Map.of());
        }
        // The page needs nothing but its own style.
        Map<String, String> policy = Map.of("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        return new HttpResponse(HttpStatus.OK, HttpContent.text("text/html", page(session)), policy);
    }

    private String page(TlsSession session) {
        StringBuilder rows = new StringBuilder();
        Summary.describe(session)
                .fields()
                .forEach((name, value) -> rows.append("<tr><th>")
                        .append(escape(words.text("facts." + name)))
                        .append("</th><td>")
                        .append(escape(value.toString()))
                        .append("</td></tr>\n"));
        return """
                <!doctype html>
                <html lang="%s">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%s</title>
                <style>
                :root { color-scheme: light dark }
                body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
                th { text-align: left; font-weight: normal; padding-right: 2rem; opacity: .7 }
                </style>
                <h1>%s</h1>
                <p>%s</p>
                <table>
                %s</table>
                </html>
                """.formatted(
                        words.text("facts.language"),
                        escape(words.text("facts.title")),
                        escape(words.text("facts.title")),
                        escape(words.text("facts.introduction")),
                        rows);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
