package dev.akushu.tls;

import dev.akushu.tls.client.ClientHandshake;
import dev.akushu.tls.client.ClientTransitions;
import dev.akushu.tls.engine.Connection;
import dev.akushu.tls.engine.Established;
import dev.akushu.tls.engine.OutgoingShape;
import dev.akushu.tls.engine.Setting;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.server.ServerHandshake;
import dev.akushu.tls.server.ServerTransitions;
import dev.akushu.tls.trace.TraceEvent;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 without input or output of its own: bytes from the peer go in by {@link #receive}, bytes for the peer come out by {@link #send}, all in the caller's buffers. Sockets, JSSE
 * and tests are drivers of this one engine.
 *
 * <p>Call {@code send} and {@code receive} in turn; each says what is needed next. Until {@link #isEstablished()}, one thread at a time may call; afterwards one may send while another receives.
 *
 * {@snippet class="dev.akushu.tls.samples.EngineSample" region="drive"}
 */
public final class TlsEngine {
    /** A network buffer of this size holds any record. */
    public static final int NETWORK_BUFFER_SIZE = RecordLimits.RECORD;

    /** An application buffer of this size holds the content of any record, and is never answered with {@link Status#NEED_SPACE}. */
    public static final int APPLICATION_BUFFER_SIZE = RecordLimits.CIPHERTEXT;

    /** The smallest number of records that a key can be limited to. */
    public static final long LEAST_RECORDS_PER_KEY = 16;

    /** Most names: IDN would give these back, after it has loaded its tables of all characters, which takes some milliseconds. */
    private static final Pattern PLAIN_NAME = Pattern.compile("(?:[a-zA-Z0-9-]{1,63}\\.){0,9}[a-zA-Z0-9-]{1,63}");

    private final Role role;
    private final Connection connection;

    private TlsEngine(Role role, Connection connection) {
        this.role = role;
        this.connection = connection;
    }

    static TlsEngine client(TlsClient config, @Nullable String host, int port, @Nullable EarlyData earlyData)
            throws TlsException {
        Setting setting = new Setting(
                Role.CLIENT,
                ClientTransitions.TABLE,
                config.observer().orElse(null),
                config.keyLog().orElse(null),
                config.secretObserver().orElse(null),
                new OutgoingShape(config.records(), config.crypto().random()),
                false,
                false,
                config.recordsPerKey());
        String wanted = config.serverName().orElse(host);
        String name = wanted == null ? null : asciiName(wanted);
        return new TlsEngine(
                Role.CLIENT,
                Connection.open(
                        setting,
                        () -> new TraceEvent.Started(
                                Role.CLIENT,
                                name == null ? "" : name,
                                config.policy().name(),
                                config.permutesExtensions()),
                        out -> ClientHandshake.begin(config, name, port, earlyData, out)));
    }

    static TlsEngine server(TlsServer config) throws TlsException {
        Setting setting = new Setting(
                Role.SERVER,
                ServerTransitions.TABLE,
                config.observer().orElse(null),
                config.keyLog().orElse(null),
                config.secretObserver().orElse(null),
                new OutgoingShape(config.records(), config.crypto().random()),
                config.statelessRetry().isPresent(),
                config.halfRttData(),
                config.recordsPerKey());
        return new TlsEngine(
                Role.SERVER,
                Connection.open(
                        setting,
                        () -> new TraceEvent.Started(
                                Role.SERVER, "", config.policy().name(), false),
                        out -> ServerHandshake.begin(config)));
    }

    /** What a call did, and what is needed next. */
    public enum Status {
        /** Something was done; call again. */
        OK,
        /** A whole record from the peer is needed before anything else can happen; nothing was consumed. */
        NEED_INPUT,
        /** The buffer that takes the output has no room for what comes next, which stays where it is. */
        NEED_SPACE,
        /** {@link TlsEngine#work()} must be done first; nothing was consumed. */
        NEED_WORK,
        /** This direction is closed: by the peer's close_notify for {@code receive}, by {@link TlsEngine#closeOutput()} for {@code send}. */
        CLOSED
    }

    /** Which end this is. */
    public Role role() {
        return role;
    }

    /**
     * Takes at most one record.
     *
     * @param network what has come from the peer and was not consumed yet, from position to limit; the position moves past the record, or stays where it is. Heap or direct
     * @param application receives application data; its position moves by as much. Bytes between the new position and the limit may be overwritten. Not used, and may be empty, before the
     *     handshake is done
     * @throws TlsException if the connection has failed; call {@link #send} once more then, for the alert, and each later call throws the same
     */
    public Status receive(ByteBuffer network, ByteBuffer application) throws TlsException {
        return status(connection.receive(network, application));
    }

    /**
     * Writes what there is to send: handshake messages and alerts first, then as much of {@code application} as there is room for.
     *
     * @param application data to send, its position moves past what was taken; left alone before the handshake is done
     * @param network receives whole records; its position moves by as much. Heap or direct; {@link #NETWORK_BUFFER_SIZE} bytes of room always suffice for one
     * @throws TlsException if the connection has failed and the alert has been written
     */
    public Status send(ByteBuffer application, ByteBuffer network) throws TlsException {
        return status(connection.send(application, network));
    }

    /** Whether {@link #send} has something to write without application data. What {@link #work()} leads to does not count before that is done. */
    public boolean hasOutput() {
        return connection.hasOutput();
    }

    /** Whether an answer to a request for a certificate waits for the sending side. */
    boolean owesAnswer() {
        return connection.owesAnswer();
    }

    /** Nobody will take answers to requests for the client's certificate any more. */
    void abandonRequests() {
        connection.abandonRequests();
    }

    /** What the handshake waits for, to be done by the caller or by whom it likes. */
    public Optional<Work> work() {
        return Optional.ofNullable(connection.work());
    }

    /**
     * Goes on after {@link #work()} has been done; {@code send} and {@code receive} do so by themselves.
     *
     * @throws TlsException if the work failed, or what it made possible did
     */
    public void resume() throws TlsException {
        connection.resume();
    }

    /** Whether the handshake is done on this side and application data may flow. */
    public boolean isEstablished() {
        return connection.established() != null;
    }

    /** What is known of the handshake since the suite was chosen, and is still known when it is done. Safe to ask for from any thread. */
    public Optional<TlsHandshake> handshake() {
        return Optional.ofNullable(connection.handshake());
    }

    /** The facts of the connection, once it is established. */
    public Optional<TlsSession> session() {
        return Optional.ofNullable(connection.established()).map(Established::session);
    }

    /**
     * Keying material for the application, bound to this connection. RFC 9846 section 7.5.
     *
     * @param label 1 to 249 US-ASCII characters, registered or beginning with {@code EXPERIMENTAL}
     * @param context of the application's choice, may be empty
     * @param length in bytes
     * @throws TlsException {@link Problem#NOT_CONNECTED} before the handshake is done, {@link Problem#ALREADY_CLOSED} when both directions are closed
     */
    public byte[] exportKeyingMaterial(String label, byte[] context, int length) throws TlsException {
        byte[] material = connection.export(label, context, length);
        if (material == null) {
            throw Problem.NOT_CONNECTED.with("exportKeyingMaterial");
        }
        return material;
    }

    /** The source of keying material by itself, once the handshake is done. */
    public Optional<Exporter> exporter() {
        return Optional.ofNullable(connection.established()).map(done -> new Exporter(done.exporter()));
    }

    /** What becomes of early data; empty before that is decided. */
    public Optional<EarlyDataOutcome> earlyData() {
        return Optional.ofNullable(connection.earlyData());
    }

    /**
     * Moves early data that a client has sent to {@code target}: as much as has come and fits; returns how much. It comes before all other data, and <b>may be a copy of what was sent before</b>, as long as the
     * handshake is not done ({@link #isEstablished}) and even then if the client had to send it again elsewhere; so do with it only what may be done twice. {@link #receive} gives no other data before all of it was read. Call it
     * from the receiving thread.
     *
     * @throws TlsException {@link Problem#NO_EARLY_DATA} if none was accepted
     */
    public int readEarlyData(ByteBuffer target) throws TlsException {
        return connection.readEarly(target);
    }

    /** How many bytes of early data wait to be read by {@link #readEarlyData}. */
    public int earlyDataAvailable() {
        return connection.earlyAvailable();
    }

    /** Whether no more early data can come: the client has said that it has sent all, or none was accepted. */
    public boolean isEarlyDataComplete() {
        return connection.isEarlyDataComplete();
    }

    /**
     * As {@link #send}, but at a server also before the client has finished its handshake: from this end's own Finished on, behind which the data then goes out, if the configuration says so
     * ({@link TlsServer.Builder#halfRttData}) or the client's early data was accepted. Before that Finished {@code application} is left alone, as by {@code send}. Nobody has authenticated as the client then; who reads this
     * sent the ClientHello's key share or holds the pre-shared key, but that it is there now, and no copy of a ClientHello was answered, is not known before {@link #isEstablished}. If the client's Finished turns out to be wrong, the connection fails, and what was
     * sent is sent.
     *
     * @throws TlsException {@link Problem#NO_HALF_RTT_DATA} if the handshake is not done, the configuration does not allow this, and no early data was accepted
     */
    public Status sendHalfRttData(ByteBuffer application, ByteBuffer network) throws TlsException {
        return status(connection.sendHalfRtt(application, network));
    }

    /** Whether {@link #sendHalfRttData} takes data although the client has not answered yet. No more once {@link #isEstablished}. Safe to ask from any thread. */
    public boolean maySendHalfRttData() {
        return connection.allowsHalfRtt() && !isEstablished();
    }

    /** Whether {@link #maySendHalfRttData} is still to come. */
    boolean awaitsHalfRttData() {
        return connection.awaitsHalfRtt();
    }

    /**
     * As {@link #exportKeyingMaterial}, by the early exporter: both ends have it as soon as early data is offered and accepted. A copy of the ClientHello gives the same material (RFC 9846 appendix F.5.1).
     *
     * @throws TlsException {@link Problem#NO_EARLY_DATA} if no early data is offered, or it was refused
     */
    public byte[] exportEarlyKeyingMaterial(String label, byte[] context, int length) throws TlsException {
        byte[] material = connection.exportEarly(label, context, length);
        if (material == null) {
            throw Problem.NO_EARLY_DATA.with(
                    "exportEarlyKeyingMaterial", earlyData().map(Enum::name).orElse("not decided yet"));
        }
        return material;
    }

    /**
     * Changes the keys of what this end sends, and of what the peer sends too if {@code both}. Keys also change by themselves before their limit (RFC 9846 section 5.5). Call it from the sending
     * thread.
     *
     * @throws TlsException {@link Problem#NOT_CONNECTED} before the handshake is done
     */
    public void updateKeys(boolean both) throws TlsException {
        connection.updateKeys(both);
    }

    /**
     * Asks the client for its certificate after the handshake (RFC 9846 section 4.7.2): queues the request for the next {@link #send}. The stage completes on the receiving thread, with the client's chain in DER once its key is
     * proved and the configuration's trust has accepted it, with its SubjectPublicKeyInfo alone if it proves itself by a raw public key (RFC 7250), or with an empty list if the client declines. It completes exceptionally if the connection ends first; a wrong proof and a chain that is refused end it. A client may take
     * its time, and what it sends before it answers it has sent as nobody. Call it from the sending thread.
     *
     * @throws TlsException {@link Problem#CLIENT_CANNOT_BE_ASKED} if the client does not offer that, if an external pre-shared key has proved it, or if this is no server with a trust for clients
     * @throws IllegalStateException if 16 requests are unanswered: a client need not answer, so a program that asks on and on must wait
     */
    public CompletionStage<List<Bytes>> requestClientCertificate() throws TlsException {
        return connection.requestClientCertificate();
    }

    /** Closes this end's sending direction: queues close_notify for the next {@link #send}. The peer may go on sending. Call it from the sending thread. */
    public void closeOutput() throws TlsException {
        connection.closeOutput();
    }

    /**
     * Says that the peer's bytes have ended.
     *
     * @throws TlsException {@link Problem#TRUNCATED} or {@link Problem#CLOSED_DURING_HANDSHAKE} if no close_notify came before: somebody may have cut the stream
     */
    public void endOfInput() throws TlsException {
        connection.endOfInput();
    }

    /** Whether the peer has closed its sending direction by close_notify. */
    public boolean isInputClosed() {
        return connection.inputClosed();
    }

    /** Why the connection failed, if it did. */
    public Optional<TlsException> failure() {
        return Optional.ofNullable(connection.failure());
    }

    /** Lets go of buffers that an idle connection does not need; call it from the receiving thread. */
    public void releaseBuffers() {
        connection.releaseInput();
    }

    /** The name as DNS and certificates have it: letters beyond ASCII as A-labels, no dot at the end. */
    private static String asciiName(String name) throws TlsException {
        try {
            String ascii = PLAIN_NAME.matcher(name).matches() ? name : IDN.toASCII(name);
            String trimmed = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            // RFC 1035 2.3.4: 255 octets on the wire of DNS, which are 253 characters of text.
            if (trimmed.isEmpty() || trimmed.length() > 253) {
                throw Problem.UNKNOWN_HOST.with(name);
            }
            return trimmed;
        } catch (IllegalArgumentException noName) {
            throw Problem.UNKNOWN_HOST.causedBy(noName, name);
        }
    }

    private static Status status(Connection.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Status.OK;
            case NEED_INPUT -> Status.NEED_INPUT;
            case NEED_SPACE -> Status.NEED_SPACE;
            case NEED_WORK -> Status.NEED_WORK;
            case CLOSED -> Status.CLOSED;
        };
    }
}
