package dev.akushu.lab.page;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A run as one file that opens without the lab: the same page, with the events in it. */
public final class KeptPage {
    private KeptPage() {}

    /** In English, or Japanese if {@code locale} is. {@code events} are all that was told of the run; what is a secret was not. */
    public static String of(List<String> events, Locale locale) {
        Assets assets = Assets.load();
        String language = PageTexts.language(locale);
        String script = text(assets, "page.js").replace("</script", "<\\/script");
        String style = text(assets, "page.css");
        String data = data(events, language).replace("<", "\\u003c");
        return """
                <!doctype html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '%s'; style-src '%s'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Akushu</title>
                <style>%s</style>
                </head>
                <body>
                <div id="lab"></div>
                <script type="application/json" id="kept">%s</script>
                <script type="module">%s</script>
                </body>
                </html>
                """.formatted(language, hash(script), hash(style), style, data, script);
    }

    private static String data(List<String> events, String language) {
        try {
            return "{\"language\":\"" + language + "\",\"texts\":" + JSON.std.asString(PageTexts.all())
                    + ",\"events\":[" + String.join(",", events) + "]}";
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string does not fail", impossible);
        }
    }

    private static String text(Assets assets, String name) {
        return new String(assets.find(name).orElseThrow().content(), StandardCharsets.UTF_8);
    }

    /** By which a Content-Security-Policy knows what stands in the page itself. */
    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
