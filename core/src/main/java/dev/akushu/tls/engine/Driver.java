package dev.akushu.tls.engine;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.Work;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.schedule.ExporterSecret;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.KeyUpdate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Moves from state to state: each record's content goes where its type says, each message to the state at hand if the transition table allows it there. */
final class Driver implements Output {
    private static final int CLOSE_NOTIFY = AlertDescription.CLOSE_NOTIFY.code();
    private static final int USER_CANCELED = AlertDescription.USER_CANCELED.code();

    /** Answers that may wait to be sent. */
    private static final int MOST_LATE_FLIGHTS = 32;

    private final Setting setting;
    private final Teller teller;
    private final Inbound inbound;
    private final Outbound outbound;
    private final ToldSecrets secrets;
    private final FloodGuard floods = new FloodGuard();

    private volatile @Nullable State state;
    private @Nullable Move move;
    private boolean helloReceived;
    private volatile @Nullable TlsHandshake handshake;
    private volatile @Nullable Established established;
    private @Nullable Established pending;
    private volatile @Nullable EarlyDataOutcome earlyDataOutcome;
    private volatile @Nullable EarlyInput earlyInput;
    private volatile @Nullable ExporterSecret earlyExporter;
    private final Queue<LateFlight> lateFlights = new ConcurrentLinkedQueue<>();
    private volatile @Nullable LateRequests lateRequests;
    private @Nullable Runnable answer;
    private Runnable discarding = () -> {};
    private volatile boolean halfRttAllowed;
    private volatile boolean owesKeyUpdate;
    private volatile boolean awaitsKeyUpdate;
    private volatile boolean inputClosed;

    Driver(Setting setting, Teller teller, Inbound inbound, Outbound outbound) {
        this.setting = setting;
        this.teller = teller;
        this.inbound = inbound;
        this.outbound = outbound;
        this.secrets = new ToldSecrets(setting);
    }

    void begin(Connection.Beginning beginning) throws TlsException {
        state = beginning.begin(this);
    }

    /** Takes one record from {@code network} and does all that it makes possible. */
    Connection.Outcome receive(ByteBuffer network, ByteBuffer application) throws TlsException {
        return switch (inbound.next(network, isEstablished() ? application : null)) {
            case NEED_INPUT -> Connection.Outcome.NEED_INPUT;
            case NEED_SPACE -> Connection.Outcome.NEED_SPACE;
            case SKIPPED -> Connection.Outcome.DONE;
            case OPENED -> {
                take(application);
                inbound.forgetContent();
                yield inputClosed ? Connection.Outcome.CLOSED : Connection.Outcome.DONE;
            }
        };
    }

    /** Goes on if the work that was waited for is done; returns whether there still is some to wait for. */
    boolean isPaused() throws TlsException {
        while (state() instanceof Paused<?> paused) {
            if (!paused.isDone()) {
                return true;
            }
            arrive(paused.proceed(this));
            takeMessages();
        }
        return false;
    }

    @Nullable Work work() {
        return state instanceof Paused<?> paused && !paused.isDone() ? paused : null;
    }

    Step step() {
        return state().step();
    }

    boolean isEstablished() {
        return established != null;
    }

    @Nullable TlsHandshake handshake() {
        return handshake;
    }

    @Nullable Established established() {
        return established;
    }

    boolean inputClosed() {
        return inputClosed;
    }

    /** What becomes of early data, or null before that is decided. */
    @Nullable EarlyDataOutcome earlyDataOutcome() {
        return earlyDataOutcome;
    }

    /** Whether no more early data can come. */
    boolean isEarlyDataComplete() {
        return (earlyDataOutcome != null || isEstablished()) && inbound.protection() != Protection.EARLY;
    }

    /** Where early data goes, or null if none is taken. */
    @Nullable EarlyInput earlyInput() {
        return earlyInput;
    }

    @Nullable ExporterSecret earlyExporter() {
        return earlyExporter;
    }

    /** Whether a server may send data although the client has not answered its Finished. RFC 9846 section 4.5.3. */
    boolean allowsHalfRtt() {
        return halfRttAllowed;
    }

    /** Whether that will be allowed once the handshake has come so far. */
    boolean awaitsHalfRtt() {
        return setting.halfRttData() && !halfRttAllowed;
    }

    /** Whether messages after the handshake wait to be sent. */
    boolean owesLateFlight() {
        return !lateFlights.isEmpty();
    }

    /** Sends the messages after the handshake that wait if this end {@code maySend}, and else drops them. Sending thread only. */
    void takeLateFlights(boolean maySend) throws TlsException {
        for (LateFlight flight = lateFlights.poll(); flight != null; flight = lateFlights.poll()) {
            if (maySend) {
                outbound.late(flight);
            }
        }
    }

    /** Asks the client for its certificate; returns its answer. Sending thread only. RFC 9846 section 4.7.2. */
    CompletableFuture<List<Bytes>> requestClientCertificate() throws TlsException {
        LateRequests requests = lateRequests;
        if (requests == null) {
            throw Problem.CLIENT_CANNOT_BE_ASKED.with();
        }
        CompletableFuture<List<Bytes>> answer = new CompletableFuture<>();
        CertificateRequest request = requests.next(answer);
        outbound.late(finished -> List.of(request));
        return answer;
    }

    /** No answer to such a request will come. */
    void endLateRequests(Supplier<TlsException> reason) {
        LateRequests requests = lateRequests;
        if (requests != null) {
            requests.fail(reason.get());
        }
    }

    boolean owesKeyUpdate() {
        return owesKeyUpdate;
    }

    /** Whether a KeyUpdate was owed; it no longer is. */
    boolean takeOwedKeyUpdate() {
        // Written only if it was set: the receiving thread may set it at any time, and that must not be lost.
        if (!owesKeyUpdate) {
            return false;
        }
        owesKeyUpdate = false;
        return true;
    }

    /**
     * Whether the peer may be asked for a KeyUpdate; it then counts as asked. RFC 9846 section 4.7.3: not again before a
     * KeyUpdate has come. Sending thread only.
     */
    boolean mayRequestKeyUpdate() {
        if (awaitsKeyUpdate) {
            return false;
        }
        awaitsKeyUpdate = true;
        return true;
    }

    /** Forgets what keying material for the application comes from. RFC 9846 section 6. */
    void forgetExporters() {
        Established done = established;
        if (done != null) {
            done.exporter().wipe();
        }
        ExporterSecret early = earlyExporter;
        if (early != null) {
            early.wipe();
        }
    }

    /** Forgets early data that nobody has read; receiving side only, as everything else about early data. */
    void forgetEarlyData() {
        EarlyInput input = earlyInput;
        if (input != null) {
            input.wipe();
        }
    }

    /** Forgets the secrets of the last state; no more messages are taken. RFC 9846 section 6. */
    void forgetState() {
        State last = state;
        if (last != null) {
            last.forget();
            state = new Forgotten(last.step());
        }
    }

    /** What drops all that was kept for later connections, to be run once; receiving side only. RFC 9846 section 6. */
    Runnable takeDiscarding() {
        Runnable taken = discarding;
        discarding = () -> {};
        return taken;
    }

    private State state() {
        State present = state;
        if (present == null) {
            throw new IllegalStateException("the connection has not begun");
        }
        return present;
    }

    private void take(ByteBuffer application) throws TlsException {
        ContentType type = inbound.contentType();
        // RFC 9846 5.1: no other record may come between the fragments of a handshake message.
        if (type != ContentType.HANDSHAKE && !isError(inbound.alertCode()) && !inbound.isAligned()) {
            throw Problem.INTERLEAVED_RECORD.with(type);
        }
        switch (type) {
            case HANDSHAKE -> {
                inbound.join();
                takeMessages();
            }
            case APPLICATION_DATA -> takeApplicationData(application);
            case ALERT -> takeAlert();
            case CHANGE_CIPHER_SPEC -> takeChangeCipherSpec();
        }
    }

    /** RFC 9846 6: all but the two closures are errors, unknown ones too. One may strike in the middle of anything, and nothing follows it. */
    private static boolean isError(int alertCode) {
        return alertCode >= 0 && alertCode != CLOSE_NOTIFY && alertCode != USER_CANCELED;
    }

    private void takeMessages() throws TlsException {
        while (!(state() instanceof Paused)) {
            byte[] bytes = inbound.nextMessage();
            if (bytes == null) {
                refuseUselessBeginning();
                return;
            }
            takeMessage(bytes);
        }
    }

    /** Nothing is buffered for a peer, which may be anybody, that could not be used once it is whole. */
    private void refuseUselessBeginning() throws TlsException {
        int begun = inbound.begunMessage();
        if (begun >= 0) {
            state().requireAwaited(setting.transitions().requireAwaited(state().step(), begun));
        }
    }

    /** Takes one whole message; the record layer is behind it. */
    void takeMessage(byte[] bytes) throws TlsException {
        HandshakeMessage message = HandshakeCodec.decode(bytes, 0, bytes.length);
        if (teller.isHeard()) {
            tellMessage(message, bytes);
        }
        helloReceived = true;
        if (isEstablished() && !isAnswer(message)) {
            floods.message(message);
        }
        State present = state();
        setting.transitions().requireLegal(present.step(), message);
        move = new Move(present.step(), message);
        arrive(present.on(new Received(message, bytes, inbound.isAligned()), this));
    }

    private void tellMessage(HandshakeMessage message, byte[] bytes) {
        teller.tell(() -> new TraceEvent.Message(
                Flow.RECEIVED, message.type(), message.messageName(), inbound.protection(), Bytes.copyOf(bytes)));
    }

    /** Whether this end asked for it, so that no peer is to be blamed. All that a client may send then but KeyUpdate belongs to an answer. */
    private boolean isAnswer(HandshakeMessage message) {
        if (setting.role() == Role.SERVER && !(message instanceof KeyUpdate)) {
            return true;
        }
        if (!awaitsKeyUpdate || !(message instanceof KeyUpdate)) {
            return false;
        }
        awaitsKeyUpdate = false;
        return true;
    }

    /** Stands at {@code next}, which the table must declare; a pause is no place of its own but on the way. */
    private void arrive(State next) {
        Move moved = move;
        if (moved != null && !(next instanceof Paused)) {
            setting.transitions().requireDeclared(moved.from(), moved.by(), next.step());
            move = null;
        }
        state = next;
        Established done = pending;
        if (done != null) {
            pending = null;
            inbound.handshakeIsOver();
            established = done;
        }
        Runnable answered = answer;
        if (answered != null) {
            answer = null;
            answered.run();
        }
    }

    private void dropEarlyExporter() {
        ExporterSecret exporter = earlyExporter;
        earlyExporter = null;
        if (exporter != null) {
            exporter.wipe();
        }
    }

    private void takeApplicationData(ByteBuffer application) throws TlsException {
        EarlyInput early = earlyInput;
        if (early != null && inbound.protection() == Protection.EARLY) {
            takeEarlyData(early);
            return;
        }
        if (!isEstablished() || !state().takesApplicationData()) {
            throw Problem.UNEXPECTED_RECORD.with(ContentType.APPLICATION_DATA, step().name());
        }
        int length = inbound.contentLength();
        floods.applicationData(length);
        inbound.deliver(application);
        if (teller.isHeard()) {
            teller.tell(() -> new TraceEvent.ApplicationData(Flow.RECEIVED, length));
        }
    }

    private void takeEarlyData(EarlyInput early) throws TlsException {
        int length = inbound.contentLength();
        floods.applicationData(length);
        inbound.deliver(early);
        teller.tell(() -> new TraceEvent.ApplicationData(Flow.RECEIVED, length, Protection.EARLY));
    }

    private void takeAlert() throws TlsException {
        int code = inbound.alertCode();
        if (code < 0) {
            throw Problem.MALFORMED_ALERT.with(inbound.contentLength());
        }
        teller.tell(() -> new TraceEvent.Alert(Flow.RECEIVED, code, isError(code)));
        if (code == USER_CANCELED) {
            floods.warning();
            return;
        }
        if (code != CLOSE_NOTIFY) {
            AlertDescription known = AlertDescription.find(code);
            throw Problem.ALERT_RECEIVED.with(known == null ? "unknown" : known.alertName(), code, step().name());
        }
        if (!isEstablished()) {
            throw Problem.CLOSED_DURING_HANDSHAKE.with(step().name(), inbound.bytesReceived());
        }
        inputClosed = true;
        endLateRequests(Problem.CLIENT_CERTIFICATE_NOT_SHOWN::with);
    }

    /** RFC 9846 5: between the first ClientHello and the peer's Finished it is dropped, anywhere else it is an error. */
    private void takeChangeCipherSpec() throws TlsException {
        // RFC 9846 4.3.2: a server that keeps nothing after a retry must ignore one where it expects a first
        // ClientHello.
        boolean beforeHello = setting.role() == Role.SERVER && !helloReceived && !setting.stateless();
        if (isEstablished() || beforeHello) {
            throw Problem.UNEXPECTED_RECORD.with(ContentType.CHANGE_CIPHER_SPEC, step().name());
        }
        floods.emptyRecord();
        teller.tell(() -> new TraceEvent.ChangeCipherSpec(Flow.RECEIVED));
    }

    @Override
    public void send(HandshakeMessage message, byte[] encoded) {
        outbound.tellMessage(message, encoded);
        outbound.message(encoded);
    }

    @Override
    public void sendChangeCipherSpec() throws TlsException {
        outbound.changeCipherSpec();
    }

    @Override
    public void writeKeys(Protection protection, TrafficSecret secret, SuiteCrypto suite) throws TlsException {
        outbound.keys(protection, secret, suite);
    }

    @Override
    public void readKeys(Protection protection, TrafficSecret secret, SuiteCrypto suite, Aligned proof) {
        inbound.keys(protection, secret, suite);
    }

    @Override
    public void limitSending(int bytes) {
        outbound.limit(bytes);
    }

    @Override
    public void limitReceiving(int bytes) throws TlsException {
        inbound.limit(bytes);
    }

    @Override
    public void skipEarlyData(long bytes) {
        inbound.skipEarlyData(bytes);
    }

    @Override
    public void dropWriteKeys() throws TlsException {
        outbound.dropKeys();
    }

    @Override
    public void acceptEarlyData(EarlyInput input) {
        earlyExporter = input.exporter();
        earlyInput = input;
    }

    @Override
    public void allowHalfRtt() {
        halfRttAllowed = true;
    }

    @Override
    public void sendEarlyData(EarlySending permitted) throws TlsException {
        earlyExporter = permitted.exporter();
        outbound.limit(permitted.recordSizeLimit());
        outbound.limitEarlyPadding(permitted.paddingLimit());
        outbound.queueApplicationData(permitted.data());
    }

    @Override
    public void resend(Bytes data, Established done) throws TlsException {
        outbound.queueApplicationData(data);
        teller.tell(() -> new TraceEvent.EarlyDataResent(data.length()));
    }

    @Override
    public void earlyData(EarlyDataOutcome outcome) {
        if (outcome == earlyDataOutcome) {
            return;
        }
        earlyDataOutcome = outcome;
        if (outcome != EarlyDataOutcome.ACCEPTED) {
            dropEarlyExporter();
        }
        if (outcome != EarlyDataOutcome.NOT_OFFERED) {
            teller.tell(() -> new TraceEvent.EarlyDataDecided(outcome));
        }
    }

    @Override
    public void updateReadKeys(Aligned proof) {
        inbound.updateKey();
    }

    @Override
    public void answerKeyUpdate() {
        owesKeyUpdate = true;
    }

    @Override
    public void sendLate(LateFlight flight) throws TlsException {
        // A peer that asks on and on, and does not read, must not make this end keep ever more answers.
        if (lateFlights.size() >= MOST_LATE_FLIGHTS) {
            throw Problem.TOO_MANY_POST_HANDSHAKE_MESSAGES.with(MOST_LATE_FLIGHTS + 1);
        }
        lateFlights.add(flight);
    }

    @Override
    public void mayAskLate(LateRequests requests) {
        lateRequests = requests;
    }

    @Override
    public void answered(CompletableFuture<List<Bytes>> to, List<Bytes> chain) {
        // The application goes on from here, perhaps at once: so not before the connection can.
        answer = () -> to.complete(chain);
    }

    @Override
    public TrafficSecret readSecret() {
        return inbound.secret();
    }

    @Override
    public void clientRandom(Bytes random) {
        secrets.clientRandom(random);
    }

    @Override
    public void fed(KeyInput input, Supplier<byte[]> copy) {
        secrets.fed(input, copy);
    }

    @Override
    public void derived(SecretName name, Supplier<byte[]> copy) {
        if (teller.isHeard()) {
            teller.tell(() -> new TraceEvent.SecretDerived(name));
        }
        secrets.derived(name, copy);
    }

    @Override
    public void revised(SecretName name, Supplier<byte[]> copy) {
        secrets.revised(name, copy);
    }

    @Override
    public void learned(TlsHandshake known) {
        handshake = known;
    }

    @Override
    public void learned(UnaryOperator<TlsHandshake> more) {
        TlsHandshake known = handshake;
        if (known == null) {
            throw new IllegalStateException("nothing is known before the suite is");
        }
        handshake = more.apply(known);
    }

    @Override
    public void established(Established done) {
        // Only told here. Others may send as soon as they see it, so arrive() lets them see it last.
        pending = done;
        floods.handshakeDone();
        teller.tell(() -> new TraceEvent.HandshakeDone(done.session()));
    }

    @Override
    public void kept(Runnable dropping) {
        discarding = dropping;
    }

    @Override
    public void event(Supplier<? extends TraceEvent> event) {
        teller.tell(event);
    }

    /**
     * A move that has begun.
     *
     * @param from the step it began at
     * @param by the message that moves
     */
    private record Move(Step from, HandshakeMessage by) {}
}
