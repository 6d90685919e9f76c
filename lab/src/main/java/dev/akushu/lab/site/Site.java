package dev.akushu.lab.site;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.akushu.jsse.AkushuContext;
import dev.akushu.lab.keep.Form;
import dev.akushu.lab.page.Assets;
import dev.akushu.lab.page.PageTexts;
import dev.akushu.lab.record.Recording;
import dev.akushu.lab.stage.Order;
import dev.akushu.lab.stage.Scenario;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Serves the page, and carries out what it orders. On loopback only. */
public final class Site implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Site.class.getName());
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int LONGEST_ORDER = 8192;
    private static final int WARM_UP = 20;
    private static final int STREAM_BUFFER = 16 * 1024;

    static {
        // Events are short and follow each other at once. Without this the JDK's server lets the second wait until the
        // browser has
        // acknowledged the first, for up to 40 ms. It has no other switch than this property of the whole JVM.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String scheme;
    private final Gate gate;
    private final Assets assets = Assets.load();
    private final Runs runs = new Runs(threads);
    private final String choices = Choices.json();

    private Site(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        this.gate = new Gate(scheme, server.getAddress().getPort());
    }

    /** Begins to serve; port 0 takes a free one. */
    public static Site open(int port) throws IOException {
        return begin(HttpServer.create(address(port), 0), "http");
    }

    /** As {@link #open}, by https, with the certificate of {@code identity}. */
    public static Site openTls(int port, Identity identity) throws IOException {
        SSLContext context = AkushuContext.of(TlsServer.builder(identity).build());
        HttpsServer server = HttpsServer.create(address(port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return begin(server, "https");
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
    }

    private static Site begin(HttpServer server, String scheme) {
        Site site = new Site(server, scheme);
        server.setExecutor(site.threads);
        server.createContext("/", site::answer);
        server.start();
        site.threads.execute(Site::warmUp);
        return site;
    }

    /**
     * The first handshakes of a JVM, and the first words about them, are many times slower than all others; these nobody needs
     * to see. From about the twentieth on they are as fast as they get.
     */
    private static void warmUp() {
        for (int i = 0; i < WARM_UP && !Thread.currentThread().isInterrupted(); i++) {
            Run run = new Run("warm-up", Order.of(Scenario.RESUMPTION));
            run.perform();
            run.events();
        }
    }

    /** Where the page is. What stands behind the # lets it in, and never leaves the browser. */
    public URI address() {
        return address("", gate.token());
    }

    /** The same for a page that begins in a language: in Japanese if {@code locale} is, otherwise in English. */
    public URI address(Locale locale) {
        return address(query(locale), gate.token());
    }

    /** The same with a code that lets one browser in, once. */
    public URI addressForOnce() {
        return address("", gate.code());
    }

    /** The same for a page that begins in a language. */
    public URI addressForOnce(Locale locale) {
        return address(query(locale), gate.code());
    }

    private URI address(String query, String fragment) {
        return URI.create(scheme + "://127.0.0.1:" + port() + "/" + query + "#" + fragment);
    }

    private static String query(Locale locale) {
        return "?lang=" + PageTexts.language(locale);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!gate.isOurs(exchange.getRequestHeaders())) {
                Reply.refuse(exchange, 403, "This is no request of the lab's own page.");
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/api/")) {
                answerApi(exchange, path.substring("/api/".length()).split("/", -1));
            } else {
                answerFile(exchange, path.equals("/") ? "index.html" : path.substring(1));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "The lab could not answer a request", fault);
            throw fault;
        }
    }

    private void answerFile(HttpExchange exchange, String name) throws IOException {
        Optional<Assets.Asset> asset = assets.find(name);
        if (asset.isEmpty()) {
            Reply.refuse(exchange, 404, "There is no such file.");
        } else if (isMethod(exchange, "GET", "HEAD")) {
            Reply.bytes(exchange, 200, asset.get().type(), asset.get().content());
        }
    }

    private void answerApi(HttpExchange exchange, String[] path) throws IOException, InterruptedException {
        if (path.length == 1 && path[0].equals("token")) {
            if (isMethod(exchange, "POST")) {
                letIn(exchange);
            }
            return;
        }
        if (!gate.knowsToken(exchange.getRequestHeaders())) {
            Reply.refuse(exchange, 401, "Open the lab by the address that it printed: it ends with a token.");
            return;
        }
        if (path.length == 1 && path[0].equals("choices")) {
            if (isMethod(exchange, "GET")) {
                Reply.json(exchange, 200, choices);
            }
        } else if (path.length == 1 && path[0].equals("runs")) {
            if (isMethod(exchange, "POST")) {
                begin(exchange);
            }
        } else if (path.length == 3
                && path[0].equals("runs")
                && runs.find(path[1]).isPresent()) {
            if (isMethod(exchange, "GET")) {
                answerRun(exchange, runs.find(path[1]).get(), path[2]);
            }
        } else {
            Reply.refuse(exchange, 404, "There is nothing here, or no longer.");
        }
    }

    private void letIn(HttpExchange exchange) throws IOException {
        Optional<String> token = gate.exchange(exchange.getRequestHeaders());
        if (token.isPresent()) {
            Reply.json(exchange, 200, JSON.std.asString(Map.of("token", token.get())));
        } else {
            Reply.refuse(exchange, 401, "This address has been used. Open the one that the lab printed.");
        }
    }

    private void begin(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_ORDER + 1);
        try {
            if (body.length > LONGEST_ORDER) {
                throw new OrderException("malformed", body.length + " bytes");
            }
            Run run = runs.begin(OrderReader.read(body));
            Reply.json(exchange, 201, JSON.std.asString(Map.of("id", run.id())));
        } catch (OrderException refused) {
            Reply.json(exchange, 400, JSON.std.asString(Map.of("refused", refused.key(), "value", refused.value())));
        }
    }

    private void answerRun(HttpExchange exchange, Run run, String what) throws IOException, InterruptedException {
        switch (what) {
            case "events" -> stream(exchange, run);
            case "secrets" -> Reply.json(exchange, 200, secrets(run));
            default -> keep(exchange, run, what);
        }
    }

    private static void keep(HttpExchange exchange, Run run, String what) throws IOException {
        Optional<Form> form = what.startsWith("kept.") ? Form.ofFile(what) : Optional.empty();
        if (form.isEmpty()) {
            Reply.refuse(exchange, 404, "A run has no such thing.");
            return;
        }
        boolean japanese = "lang=ja".equals(exchange.getRequestURI().getQuery());
        Locale locale = japanese ? Locale.JAPANESE : Locale.ENGLISH;
        Reply.bytes(exchange, 200, form.get().mediaType(), form.get().of(run.recordings(), run.events(), locale));
    }

    private static void stream(HttpExchange exchange, Run run) throws IOException, InterruptedException {
        try (OutputStream body = new BufferedOutputStream(Reply.stream(exchange), STREAM_BUFFER)) {
            int next = 0;
            for (List<Told> told = run.eventsFrom(next); !told.isEmpty(); told = run.eventsFrom(next)) {
                for (Told event : told) {
                    body.write(("data: " + event.json() + "\n\n").getBytes(StandardCharsets.UTF_8));
                }
                body.flush();
                next += told.size();
            }
            body.write("event: over\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The values of the key schedule by connection. Asked for by a person who wants to see them; they are in nothing else. */
    private static String secrets(Run run) throws IOException {
        Map<String, Map<String, String>> values = run.recordings().stream()
                .collect(Collectors.toMap(recording -> Integer.toString(recording.number()), Recording::values));
        return JSON.std.asString(values);
    }

    private static boolean isMethod(HttpExchange exchange, String... allowed) throws IOException {
        if (List.of(allowed).contains(exchange.getRequestMethod())) {
            return true;
        }
        exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
        Reply.refuse(exchange, 405, "This is not how it is asked for.");
        return false;
    }

    /** Stops serving; streams that are open end. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
