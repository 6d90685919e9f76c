package dev.akushu.fuzz;

import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.Role;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import dev.akushu.tls.resume.TicketKeyCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes what a fuzzer begins with: honest handshakes with every setting, alone and among others, and the messages in them. */
final class Seeds {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int ALL_FIRST = (1 << Settings.FIRST_BITS) - 1;
    private static final int ALL_LATER = (1 << Settings.BITS) - 1 - ALL_FIRST;

    private final Path corpus;

    private Seeds(Path corpus) {
        this.corpus = corpus;
    }

    /** Argument: the folder with a folder for each target. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Seeds seeds = new Seeds(Path.of(arguments[0]));
        for (int first = 0; first <= ALL_FIRST; first++) {
            seeds.handshake(first);
            seeds.handshake(first | ALL_LATER);
        }
        for (int later = Settings.FIRST_BITS; later < Settings.BITS; later++) {
            seeds.handshake(1 << later);
            seeds.handshake(ALL_FIRST | 1 << later);
            for (int first = 0; first < Settings.FIRST_BITS; first++) {
                seeds.handshake(1 << first | 1 << later);
            }
            for (int other = later + 1; other < Settings.BITS; other++) {
                seeds.handshake(Settings.CERTIFICATE_OF_CLIENT | 1 << later | 1 << other);
            }
        }
        seeds.write("Certificate", "certificate", Settings.certificate().toArray());
        seeds.write("KeyFile", "own", TicketKeyCodec.encode(List.of(Settings.ticketKey())));
        for (CertificateCompression way : UnpackTarget.WAYS) {
            seeds.packed("certificate", way, Settings.certificate().toArray());
            seeds.packed("bomb", way, new byte[1 << 20]);
        }
        seeds.write("Ocsp", "good", OcspTarget.response().toArray());
        seeds.write("Files", "timestamp", FilesTarget.timestamp().toArray());
        seeds.write("Files", "public-key", FilesTarget.publicKey());
        seeds.write("Entries", "key-and-retired", EntriesTarget.store());
        seeds.tickets();
        byte[] ticket = Settings.ticket().toArray();
        seeds.write("Ticket", "ticket", ticket);
        seeds.write("Ticket", "state", TicketTarget.stateIn(ticket));
    }

    /** Two that can be used here, and one for somebody else. */
    private void tickets() throws IOException {
        Path file = corpus.resolve("Files").resolve("tickets");
        Files.deleteIfExists(file);
        TicketStore tickets = TicketStore.file(file);
        tickets.put(FilesTarget.KEY, Settings.storedTicket());
        tickets.put(FilesTarget.KEY, Settings.storedTicket());
        tickets.put(new TicketStore.Key("other.example", 8443, "policy"), Settings.storedTicket());
    }

    private void packed(String name, CertificateCompression way, byte[] message) throws IOException {
        byte[] compressed = way.compress(message);
        byte[] input = new byte[4 + compressed.length];
        input[0] = (byte) UnpackTarget.WAYS.indexOf(way);
        input[1] = (byte) (message.length >> 16);
        input[2] = (byte) (message.length >> 8);
        input[3] = (byte) message.length;
        System.arraycopy(compressed, 0, input, 4, compressed.length);
        write("Unpack", name + "-" + way.code(), input);
    }

    private void handshake(int settings) throws IOException, TlsException {
        TlsEngine client = Settings.client(settings, null);
        TlsEngine server = Settings.server(settings, null);
        ByteArrayOutputStream up = new ByteArrayOutputStream();
        ByteArrayOutputStream down = new ByteArrayOutputStream();
        try {
            converse(client, server, up, down);
            if (Settings.asksLate(settings) && server.session().orElseThrow().externalPsk() == null) {
                server.requestClientCertificate();
                converse(client, server, up, down);
            }
            if (Settings.sendsData(settings)) {
                sendData(client, server, up);
                sendData(server, client, down);
            }
            client.updateKeys(true);
            server.closeOutput();
            client.closeOutput();
            converse(client, server, up, down);
        } catch (TlsException refused) {
            // What both said up to here is a seed nonetheless.
            System.err.println("settings " + settings + ": " + refused.getMessage());
        }
        keep(Role.SERVER, settings, up.toByteArray());
        keep(Role.CLIENT, settings, down.toByteArray());
    }

    private void keep(Role receiver, int settings, byte[] wire) throws IOException {
        byte[] script = Records.script(wire);
        write(receiver == Role.CLIENT ? "Client" : "Server", "settings-" + settings, Choice.before(settings, script));
        write("Record", receiver + "-" + settings, wire);
        for (byte[] record : Records.of(script, 0)) {
            messages(record);
        }
    }

    /** The handshake messages that are whole in a record. */
    private void messages(byte[] record) throws IOException {
        boolean isProtected = record[0] == 23;
        int end = record.length - (isProtected ? 17 : 0);
        while (isProtected && record[end] == 0) {
            end--;
        }
        if (record[isProtected ? end : 0] != 22) {
            return;
        }
        int at = 5;
        while (at + 4 <= end) {
            int length = (record[at + 1] & 0xff) << 16 | (record[at + 2] & 0xff) << 8 | record[at + 3] & 0xff;
            if (at + 4 + length > end) {
                return;
            }
            byte[] message = Arrays.copyOfRange(record, at, at + 4 + length);
            write("Handshake", message[0] + "-" + message.length + "-" + Arrays.hashCode(message), message);
            at += 4 + length;
        }
    }

    private void write(String target, String name, byte[] input) throws IOException {
        Path folder = Files.createDirectories(corpus.resolve(target));
        Files.write(folder.resolve(name), input);
    }

    private static void converse(
            TlsEngine client, TlsEngine server, ByteArrayOutputStream up, ByteArrayOutputStream down)
            throws TlsException {
        // A client may have to judge a server before it says anything.
        receive(client, NOTHING.duplicate());
        boolean moved = true;
        while (moved) {
            moved = move(client, server, up);
            moved |= move(server, client, down);
        }
    }

    /** More records than a key lasts for. */
    private static void sendData(TlsEngine from, TlsEngine to, ByteArrayOutputStream wire) throws TlsException {
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        for (int i = 0; i <= TlsEngine.LEAST_RECORDS_PER_KEY; i++) {
            from.send(ByteBuffer.allocate(1), network.clear());
            wire.write(network.array(), 0, network.position());
            receive(to, network.flip());
        }
    }

    private static boolean move(TlsEngine from, TlsEngine to, ByteArrayOutputStream wire) throws TlsException {
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        boolean moved = false;
        while (from.hasOutput()) {
            if (from.maySendHalfRttData()) {
                from.sendHalfRttData(ByteBuffer.allocate(3), network.clear());
            } else {
                from.send(NOTHING, network.clear());
            }
            wire.write(network.array(), 0, network.position());
            receive(to, network.flip());
            moved = true;
        }
        return moved;
    }

    private static void receive(TlsEngine engine, ByteBuffer record) throws TlsException {
        ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        while (record.hasRemaining() || engine.work().isPresent()) {
            engine.receive(record, application.clear());
            if (engine.earlyDataAvailable() > 0) {
                engine.readEarlyData(application.clear());
            }
            Optional<Work> work = engine.work();
            if (work.isPresent()) {
                work.get().run();
                engine.resume();
            }
        }
    }
}
