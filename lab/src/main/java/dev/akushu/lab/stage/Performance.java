package dev.akushu.lab.stage;

import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.Recording.Part;
import dev.akushu.lab.record.RecordingListener;
import dev.akushu.lab.record.WireRecord;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Does what was ordered: one connection, or several that belong together. */
public final class Performance {
    private final Order order;
    private final RecordingListener listener;
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();

    /** Tells {@code listener} while it happens. */
    public Performance(Order order, RecordingListener listener) {
        this.order = order;
        this.listener = listener;
    }

    /** What has been recorded, connection by connection. */
    public List<Recording> recordings() {
        return List.copyOf(recordings);
    }

    /**
     * Does it, and returns when it is over. A handshake that fails is no failure here.
     *
     * @throws IOException if this machine cannot even connect to itself
     */
    public void perform() throws IOException {
        if (order.scenario() == Scenario.REMOTE) {
            new RemoteCall(order, recording(Part.MAIN, EnumSet.of(Role.CLIENT))).make();
            return;
        }
        Cast cast = Cast.of(order);
        try (Stage stage = new Stage(cast)) {
            if (order.scenario().resumes()) {
                Recording first = recording(Part.BEFORE, EnumSet.allOf(Role.class));
                stage.play(first, flipIn(first), stage.client(first, null, this::ask), stage.server(first));
            }
            if (order.fault() == Fault.RETIRED_TICKET_KEY) {
                cast.ticketKeys().retire();
            }
            Recording main = play(stage);
            if (order.fault() != null && order.fault().isReplay()) {
                replay(stage, firstFlight(main));
            }
        }
    }

    private Recording play(Stage stage) throws IOException {
        Fault fault = order.fault();
        if (fault == Fault.OLD_SERVER) {
            Recording recording = recording(Part.MAIN, EnumSet.of(Role.CLIENT));
            stage.play(recording, Interference.NONE, stage.client(recording, null, this::ask), OldPeer.server());
            return recording;
        }
        if (fault == Fault.OLD_CLIENT) {
            Recording recording = recording(Part.MAIN, EnumSet.of(Role.SERVER));
            stage.play(recording, Interference.NONE, OldPeer.client(), stage.server(recording));
            return recording;
        }
        Recording recording = recording(Part.MAIN, EnumSet.allOf(Role.class));
        EarlyData early = early();
        Ending.Lines lines = early == null ? this::ask : this::askEarly;
        stage.play(recording, interference(recording), stage.client(recording, early, lines), stage.server(recording));
        return recording;
    }

    private @Nullable EarlyData early() {
        if (order.scenario() != Scenario.EARLY_DATA) {
            return null;
        }
        byte[] request = Talk.request(Cast.SERVER_NAME, true);
        EarlyData data = order.protocol() == null ? EarlyData.of(request) : EarlyData.of(request, order.protocol());
        return data.resendIfRefused();
    }

    private Interference interference(Recording recording) {
        if (order.fault() == Fault.TRUNCATED) {
            // The server's only alert here is close_notify; under encryption it is the shortest record that it sends.
            return (sender, number, bytes) -> sender == Role.SERVER && isAlert(recording, number) ? null : bytes;
        }
        return flipIn(recording);
    }

    private Interference flipIn(Recording recording) {
        Flip flip = order.flip();
        if (order.fault() == Fault.FLIPPED_BIT && flip != null && flip.connection() == recording.part()) {
            return new BitFlipper(flip, recording);
        }
        return Interference.NONE;
    }

    private static boolean isAlert(Recording recording, int number) {
        return recording.contentType(Role.SERVER, number) == ContentType.ALERT;
    }

    private void ask(TlsConnection connection) throws IOException {
        connection.handshake();
        if (order.scenario() == Scenario.KEY_UPDATE) {
            connection.output().write(Talk.request(Cast.SERVER_NAME, false));
            Talk.readAnswer(connection.input());
            connection.updateKeys(true);
        }
        connection.output().write(Talk.request(Cast.SERVER_NAME, true));
        hearOut(connection);
    }

    private void askEarly(TlsConnection connection) throws IOException {
        connection.handshake();
        hearOut(connection);
    }

    private static void hearOut(TlsConnection connection) throws IOException {
        connection.input().readAllBytes();
        connection.closeOutput();
    }

    /** What the client sent before the server had said anything, byte for byte. */
    private static byte[] firstFlight(Recording recording) {
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        for (WireRecord record : recording.records()) {
            if (record.sender() == Role.SERVER) {
                break;
            }
            flight.writeBytes(record.bytes().toArray());
        }
        return flight.toByteArray();
    }

    /** Sends a copy, and can do no more: whoever only has the bytes cannot answer the server. */
    private void replay(Stage stage, byte[] flight) throws IOException {
        Recording recording = recording(Part.COPY, EnumSet.of(Role.SERVER));
        Stage.Part stranger = socket -> {
            socket.getOutputStream().write(flight);
            Ending.leave(socket);
        };
        stage.play(recording, Interference.NONE, stranger, stage.server(recording));
    }

    private Recording recording(Part part, Set<Role> ends) {
        Recording recording = new Recording(recordings.size() + 1, part, ends, listener);
        recordings.add(recording);
        return recording;
    }
}
