package dev.akushu.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the store at a port of loopback has been asked so far. */
record StoreCount(int port) {
    /** A ClientHello with early data is one script, for which its server waits. */
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=([0-9]+)");

    private static final Pattern BYTES = Pattern.compile("total_net_input_bytes:([0-9]+)");

    long scripts() throws IOException {
        return count(SCRIPTS, "commandstats");
    }

    long bytes() throws IOException {
        return count(BYTES, "stats");
    }

    private long count(Pattern what, String section) throws IOException {
        Process asked = new ProcessBuilder("redis-cli", "-p", String.valueOf(port), "info", section).start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!answer.startsWith("#")) {
            throw new IOException("no store answers at port " + port + ": " + answer);
        }
        Matcher count = what.matcher(answer);
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }
}
