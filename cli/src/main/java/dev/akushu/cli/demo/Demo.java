package dev.akushu.cli.demo;

import dev.akushu.cli.console.Audience;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Summary;
import dev.akushu.cli.console.Witness;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** Two connections between the same two ends: the first does everything, the second resumes it with the ticket of the first. */
final class Demo {
    private final Cast cast;
    private final Audience audience;
    private final Console console;
    private final Words words;

    Demo(Cast cast, boolean verbose, Console console) {
        this.cast = cast;
        this.audience = new Audience(console, true, verbose);
        this.console = console;
        this.words = console.words();
    }

    void play() throws CommandFailure, IOException {
        try (ServerSocket door = new ServerSocket()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            console.tell(words.text("demo.intro", door.getLocalPort()));
            HandshakeBytes ofFirst = new HandshakeBytes();
            play(1, "demo.full", door, ofFirst);
            HandshakeBytes ofSecond = new HandshakeBytes();
            TlsSession second = play(2, "demo.again", door, ofSecond);
            requireResumed(second);
            console.tell("");
            console.tell(words.text("demo.verdict", amount(ofFirst), amount(ofSecond)));
        }
    }

    private TlsSession play(int number, String title, ServerSocket door, HandshakeBytes bytes)
            throws CommandFailure, IOException {
        console.tell("");
        console.tell(words.text(title));
        Witness witness = audience.witness(number, console.lookOfOutput(), console::tell);
        // Both observers are taken before either end begins, so that the two are told as one story.
        TlsServer server = cast.server().observer(witness.observer(Role.SERVER)).build();
        TlsClient client = cast.client().toBuilder()
                .observer(witness.observer(Role.CLIENT).and(bytes))
                .build();
        try {
            TlsSession session = new Act(door, client, server).play();
            report(number, session, bytes.count());
            return session;
        } catch (TlsException failed) {
            throw new CommandFailure(witness.failure(failed), failed);
        } finally {
            witness.end();
        }
    }

    private void report(int number, TlsSession session, long handshakeBytes) {
        console.summary().handshake(session);
        console.event(JsonLine.event("connection_done")
                .with("connection", number)
                .with("handshake", Summary.describe(session).fields())
                .with("handshake_bytes", handshakeBytes));
    }

    private void requireResumed(TlsSession session) throws CommandFailure {
        NotResumed reason = session.notResumed();
        if (reason != null) {
            throw words.failure(ExitCode.CONDITION, "not_resumed", reason.name().toLowerCase(Locale.ROOT));
        }
    }

    private String amount(HandshakeBytes bytes) {
        return String.format(words.locale(), "%,d", bytes.count());
    }
}
