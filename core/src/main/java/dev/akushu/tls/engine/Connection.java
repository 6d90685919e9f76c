package dev.akushu.tls.engine;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.Work;
import dev.akushu.tls.schedule.ExporterSecret;
import dev.akushu.tls.trace.TraceEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, of either role: takes records in, hands messages to the state, and sends what the state puts out. All failures end up here: the alert is sent once, the keys are
 * forgotten, and every later call throws the same exception. Keys are forgotten as soon as nothing more can come, or be sent, under them.
 *
 * <p>Until the handshake is done, one thread at a time may call, and both locks see to it: keys and buffers that are forgotten serve other connections, so nobody may still be at work with
 * them. Afterwards one thread may {@link #receive} while another {@link #send}s: what the receiving side wants sent passes through volatile fields. The two locks are never waited for then
 * but where the other thread is just forgetting keys, or letting go of what an idle connection does not need.
 */
public final class Connection {
    private final Teller teller;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Driver driver;
    private final ReentrantLock receiving = new ReentrantLock();
    private final ReentrantLock sending = new ReentrantLock();

    private volatile @Nullable TlsException failure;
    private volatile @Nullable AlertDescription alertToSend;
    private volatile boolean outputClosed;
    private volatile boolean receivingOver;
    private volatile boolean sendingOver;

    private Connection(Setting setting) {
        teller = new Teller(setting.observer());
        inbound = new Inbound(setting, teller);
        outbound = new Outbound(setting, teller);
        driver = new Driver(setting, teller, inbound, outbound);
    }

    /** A connection that is told of by {@code started}, and begins with what {@code beginning} sends and the state it returns. */
    public static Connection open(Setting setting, Supplier<? extends TraceEvent> started, Beginning beginning)
            throws TlsException {
        Connection connection = new Connection(setting);
        connection.teller.tell(started);
        connection.driver.begin(beginning);
        return connection;
    }

    /** What became of a call. */
    public enum Outcome {
        /** Something was done. */
        DONE,
        /** A record from the peer is needed. */
        NEED_INPUT,
        /** The buffer that takes the output has no room for the next record. */
        NEED_SPACE,
        /** {@link #work} must be done first. */
        NEED_WORK,
        /** This direction is closed. */
        CLOSED
    }

    /** Takes one record from {@code network}; see {@code TlsEngine.receive}. */
    public Outcome receive(ByteBuffer network, ByteBuffer application) throws TlsException {
        boolean handshaking = enter(receiving);
        try {
            return receiveInTurn(network, application);
        } finally {
            leave(receiving, handshaking);
        }
    }

    private Outcome receiveInTurn(ByteBuffer network, ByteBuffer application) throws TlsException {
        throwFailure();
        if (driver.isEstablished() && earlyAvailable() > 0 && network.hasRemaining()) {
            // A mistake of the caller, no fault of the connection: what came first must not get lost.
            throw Problem.EARLY_DATA_UNREAD.with(earlyAvailable());
        }
        try {
            refuseIfCanceled();
            if (driver.isPaused()) {
                return Outcome.NEED_WORK;
            }
            return driver.inputClosed() ? Outcome.CLOSED : driver.receive(network, application);
        } catch (TlsException | RuntimeException | Error failed) {
            throw fail(failed);
        }
    }

    /** As {@link #send}, but a server may do so before the client's Finished; see {@code TlsEngine.sendHalfRttData}. */
    public Outcome sendHalfRtt(ByteBuffer application, ByteBuffer network) throws TlsException {
        boolean possible = driver.allowsHalfRtt() || driver.awaitsHalfRtt() || driver.isEstablished();
        if (failure == null && !possible) {
            throw Problem.NO_HALF_RTT_DATA.with();
        }
        return send(application, network, true);
    }

    /** Whether a server may send data before the client's Finished. */
    public boolean allowsHalfRtt() {
        return driver.allowsHalfRtt();
    }

    /** Whether that is still to be allowed. */
    public boolean awaitsHalfRtt() {
        return failure == null && driver.awaitsHalfRtt();
    }

    /** Moves early data to {@code target}; see {@code TlsEngine.readEarlyData}. */
    public int readEarly(ByteBuffer target) throws TlsException {
        boolean handshaking = enter(receiving);
        try {
            throwFailure();
            EarlyInput input = driver.earlyInput();
            if (input == null) {
                throw noEarlyData("readEarlyData");
            }
            return input.read(target);
        } finally {
            leave(receiving, handshaking);
        }
    }

    /** How many bytes of early data wait to be read. */
    public int earlyAvailable() {
        EarlyInput input = driver.earlyInput();
        return input == null ? 0 : input.available();
    }

    /** What becomes of early data, or null before that is decided. */
    public @Nullable EarlyDataOutcome earlyData() {
        return driver.earlyDataOutcome();
    }

    /** Whether no more early data can come. */
    public boolean isEarlyDataComplete() {
        return driver.isEarlyDataComplete();
    }

    /** Writes what is to be sent to {@code network}; see {@code TlsEngine.send}. */
    public Outcome send(ByteBuffer application, ByteBuffer network) throws TlsException {
        return send(application, network, false);
    }

    private Outcome send(ByteBuffer application, ByteBuffer network, boolean halfRtt) throws TlsException {
        boolean handshaking = enter(sending);
        try {
            return sendInTurn(application, network, halfRtt);
        } finally {
            leave(sending, handshaking);
        }
    }

    private Outcome sendInTurn(ByteBuffer application, ByteBuffer network, boolean halfRtt) throws TlsException {
        AlertDescription alert = alertToSend;
        if (alert != null && !sendingOver) {
            return sendLast(alert, network);
        }
        if (hasLastRecords()) {
            return drainLast(network);
        }
        throwFailure();
        if (outputClosed && application.hasRemaining()) {
            // A mistake of the caller, no fault of the connection: the peer may still have something to say.
            throw Problem.ALREADY_CLOSED.with("send");
        }
        try {
            return sendUnlessFailed(application, network, halfRtt);
        } catch (TlsException | RuntimeException | Error failed) {
            throw fail(failed);
        }
    }

    /** Whether {@link #send} has something to write without application data. */
    public boolean hasOutput() {
        if (failure == null) {
            return outbound.hasRecords() || driver.owesKeyUpdate() || driver.owesLateFlight();
        }
        return !sendingOver && (alertToSend != null || hasLastRecords());
    }

    /** Whether messages after the handshake wait to be sent. */
    public boolean owesAnswer() {
        return failure == null && driver.owesLateFlight();
    }

    /** What the handshake waits for, or null. */
    public @Nullable Work work() {
        return driver.work();
    }

    /** Goes on after {@link #work} has been done, if it has. */
    public void resume() throws TlsException {
        boolean handshaking = enter(receiving);
        try {
            throwFailure();
            refuseIfCanceled();
            driver.isPaused();
        } catch (TlsException | RuntimeException | Error failed) {
            throw fail(failed);
        } finally {
            leave(receiving, handshaking);
        }
    }

    /** Queues close_notify; nothing can be sent after it. RFC 9846 section 6.1. */
    public void closeOutput() throws TlsException {
        boolean handshaking = enter(sending);
        try {
            closeOutputInTurn();
        } finally {
            leave(sending, handshaking);
        }
    }

    private void closeOutputInTurn() throws TlsException {
        if (outputClosed || failure != null) {
            return;
        }
        try {
            // What was answered before the close goes out before close_notify.
            driver.takeLateFlights(driver.isEstablished());
        } catch (TlsException | RuntimeException | Error failed) {
            throw fail(failed);
        }
        outputClosed = true;
        if (!driver.isEstablished()) {
            // RFC 9846 6.1: user_canceled says that the handshake is given up, and must be followed by close_notify.
            outbound.alert(AlertDescription.USER_CANCELED);
        }
        outbound.alert(AlertDescription.CLOSE_NOTIFY);
    }

    /** The peer's bytes have ended. Throws unless close_notify came before. RFC 9846 section 6.1. */
    public void endOfInput() throws TlsException {
        throwFailure();
        if (driver.inputClosed()) {
            return;
        }
        TlsException ended = fail(
                driver.isEstablished()
                        ? Problem.TRUNCATED.with(inbound.bytesReceived())
                        : Problem.CLOSED_DURING_HANDSHAKE.with(driver.step().name(), inbound.bytesReceived()));
        forgetWhatIsOver();
        throw ended;
    }

    /**
     * Sends a KeyUpdate before the next application data, and asks the peer for one if {@code both}, unless its answer
     * to the last request has not come yet.
     */
    public void updateKeys(boolean both) throws TlsException {
        boolean handshaking = enter(sending);
        try {
            updateKeysInTurn(both);
        } finally {
            leave(sending, handshaking);
        }
    }

    private void updateKeysInTurn(boolean both) throws TlsException {
        throwFailure();
        if (!driver.isEstablished()) {
            throw Problem.NOT_CONNECTED.with("KeyUpdate");
        }
        if (outputClosed) {
            throw Problem.ALREADY_CLOSED.with("KeyUpdate");
        }
        outbound.updateKey(both && driver.mayRequestKeyUpdate());
    }

    /** Asks the client for its certificate; see {@code TlsEngine.requestClientCertificate}. */
    public CompletionStage<List<Bytes>> requestClientCertificate() throws TlsException {
        boolean handshaking = enter(sending);
        try {
            throwFailure();
            if (!driver.isEstablished()) {
                throw Problem.NOT_CONNECTED.with("CertificateRequest");
            }
            if (outputClosed || driver.inputClosed()) {
                throw Problem.ALREADY_CLOSED.with("CertificateRequest");
            }
            return driver.requestClientCertificate();
        } catch (TlsException.LocalMisuse refused) {
            throw refused;
        } catch (TlsException failed) {
            throw fail(failed);
        } finally {
            leave(sending, handshaking);
        }
    }

    /** Nobody will take answers to requests for the client's certificate any more. */
    public void abandonRequests() {
        driver.endLateRequests(Problem.CLIENT_CERTIFICATE_NOT_SHOWN::with);
    }

    /**
     * Keying material for the application; see {@code TlsEngine.exportKeyingMaterial}. Null before the handshake is
     * done.
     */
    public byte @Nullable [] export(String label, byte[] context, int length) throws TlsException {
        throwFailure();
        Established done = driver.established();
        try {
            return done == null ? null : done.exporter().export(label, context, length);
        } catch (IllegalStateException wiped) {
            // The other thread has failed meanwhile, or both directions are closed.
            throwFailure();
            throw Problem.ALREADY_CLOSED.causedBy(wiped, "exportKeyingMaterial");
        }
    }

    /** As {@link #export}, by the early exporter; null if there is none. */
    public byte @Nullable [] exportEarly(String label, byte[] context, int length) throws TlsException {
        throwFailure();
        ExporterSecret exporter = driver.earlyExporter();
        try {
            return exporter == null ? null : exporter.export(label, context, length);
        } catch (IllegalStateException wiped) {
            // The other thread has failed meanwhile, or both directions are closed, or early data was refused.
            throwFailure();
            if (driver.earlyExporter() == null) {
                return null;
            }
            throw Problem.ALREADY_CLOSED.causedBy(wiped, "exportEarlyKeyingMaterial");
        }
    }

    /** What is known of the handshake, or null before the suite is chosen. */
    public @Nullable TlsHandshake handshake() {
        return driver.handshake();
    }

    /** What the handshake left behind, or null before it is done. */
    public @Nullable Established established() {
        return driver.established();
    }

    /** Whether close_notify came. */
    public boolean inputClosed() {
        return driver.inputClosed();
    }

    /** Why the connection failed, or null. */
    public @Nullable TlsException failure() {
        return failure;
    }

    /** Lets go of what an idle connection does not need; by the receiving thread. */
    public void rest() {
        boolean handshaking = enter(receiving);
        try {
            inbound.rest();
            // If another thread sends just now, the connection is not idle.
            if (sending.tryLock()) {
                try {
                    outbound.rest();
                } finally {
                    sending.unlock();
                }
            }
        } finally {
            leave(receiving, handshaking);
        }
    }

    /**
     * Locks one direction, and both as long as the handshake goes on, which works in both. Whoever has both ends it before
     * anybody else may enter one.
     *
     * @return whether both are locked
     */
    @SuppressWarnings("LockNotBeforeTry") // Whoever enters leaves, in a finally.
    private boolean enter(ReentrantLock direction) {
        if (!driver.isEstablished()) {
            sending.lock();
            if (!driver.isEstablished()) {
                receiving.lock();
                return true;
            }
            sending.unlock();
        }
        direction.lock();
        return false;
    }

    private void leave(ReentrantLock direction, boolean both) {
        if (both) {
            receiving.unlock();
            sending.unlock();
        } else {
            direction.unlock();
        }
        forgetWhatIsOver();
    }

    private Outcome sendUnlessFailed(ByteBuffer application, ByteBuffer network, boolean halfRtt) throws TlsException {
        // Once the handshake is done a pause is the receiving side's: the two may be two threads then.
        boolean paused = !driver.isEstablished() && !isCanceled() && driver.isPaused();
        boolean had = hasOutput();
        if (driver.takeOwedKeyUpdate() && !outputClosed) {
            outbound.updateKey(false);
        }
        // Once this direction is closed they are dropped: what waits for ever would be output without an end.
        driver.takeLateFlights(!outputClosed);
        if (!outbound.drain(network)) {
            return Outcome.NEED_SPACE;
        }
        if (outputClosed) {
            return had ? Outcome.DONE : Outcome.CLOSED;
        }
        // Asked only now: the flight with the Finished may have been made by this very call, after a signature.
        boolean early = !driver.isEstablished();
        if (early && !(halfRtt && driver.allowsHalfRtt())) {
            return had ? Outcome.DONE : paused ? Outcome.NEED_WORK : Outcome.NEED_INPUT;
        }
        return sendApplicationData(application, network, early);
    }

    private Outcome sendApplicationData(ByteBuffer application, ByteBuffer network, boolean halfRtt)
            throws TlsException {
        while (application.hasRemaining()) {
            if (outbound.shouldUpdateKey()) {
                outbound.updateKey(false);
            }
            if (!outbound.drain(network) || !outbound.applicationData(application, network, halfRtt)) {
                return Outcome.NEED_SPACE;
            }
        }
        return Outcome.DONE;
    }

    /** The failed connection's alert; the exception itself was thrown where the failure was found. */
    private Outcome sendLast(AlertDescription alert, ByteBuffer network) throws TlsException {
        alertToSend = null;
        outbound.alert(alert);
        return drainLast(network);
    }

    private Outcome drainLast(ByteBuffer network) throws TlsException {
        return outbound.drain(network) ? Outcome.DONE : Outcome.NEED_SPACE;
    }

    private void throwFailure() throws TlsException {
        TlsException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /**
     * Whether a failed connection still has something to send: its alert, or what closed it before it failed. RFC 9846
     * section 6: nothing else, not even what was ready, follows an alert that came.
     */
    private boolean hasLastRecords() {
        TlsException failed = failure;
        boolean speaks = failed != null && (failed.problem().alert() != null || outputClosed);
        return speaks && outbound.hasRecords();
    }

    /**
     * Forgets the keys of a direction in which nothing more can pass. A thread that is at work in it does so itself when it
     * leaves, since it looks here after it has let go of the lock.
     */
    private void forgetWhatIsOver() {
        TlsException failed = failure;
        if (failed == null && !outputClosed && !driver.inputClosed()) {
            return;
        }
        Runnable discarding = () -> {};
        if ((failed != null || !receivingOver) && receiving.tryLock()) {
            try {
                discarding = forgetReceiving(failed);
            } finally {
                receiving.unlock();
            }
        }
        if (!sendingOver && sending.tryLock()) {
            try {
                forgetSending();
            } finally {
                sending.unlock();
            }
        }
        if (receivingOver && sendingOver) {
            driver.forgetExporters();
        }
        discarding.run();
        // The other thread may have failed meanwhile, and found this one here.
        if (failure != failed) {
            forgetWhatIsOver();
        }
    }

    /** Returns what is still to be done without the lock, for it may write files. */
    private Runnable forgetReceiving(@Nullable TlsException failed) {
        if (failed != null || driver.inputClosed() || isCanceled()) {
            inbound.destroy();
            driver.forgetState();
            receivingOver = true;
        }
        if (failed == null) {
            return () -> {};
        }
        driver.forgetEarlyData();
        return isByError(failed.problem()) ? driver.takeDiscarding() : () -> {};
    }

    /**
     * Whether an error alert ends the connection, this end's or the peer's. Peers and networks that cut connections without
     * close_notify are all too common, and say nothing against the session.
     */
    private static boolean isByError(Problem problem) {
        return problem.alert() != null || problem == Problem.ALERT_RECEIVED;
    }

    private void forgetSending() {
        boolean silent =
                failure == null ? outputClosed && !outbound.hasRecords() : alertToSend == null && !hasLastRecords();
        if (silent) {
            outbound.destroy();
            sendingOver = true;
        }
    }

    /** RFC 9846 6.1: nothing follows close_notify, so a handshake that was given up cannot go on. */
    private void refuseIfCanceled() throws TlsException {
        if (isCanceled()) {
            throw Problem.CANCELED.with();
        }
    }

    private TlsException noEarlyData(String operation) {
        EarlyDataOutcome outcome = driver.earlyDataOutcome();
        return Problem.NO_EARLY_DATA.with(operation, outcome == null ? "not decided yet" : outcome);
    }

    private boolean isCanceled() {
        return outputClosed && !driver.isEstablished();
    }

    /**
     * The first failure is the connection's, even if the sending and the receiving thread fail at once. Whoever calls this
     * goes on with {@link #forgetWhatIsOver}, which waits until no other thread is at work with what is forgotten.
     */
    private TlsException fail(Throwable cause) {
        TlsException known = firstFailure(cause);
        // The application goes on from here, so not within the monitor.
        driver.endLateRequests(() -> known);
        return known;
    }

    private synchronized TlsException firstFailure(Throwable cause) {
        TlsException first = failure;
        if (first != null) {
            return first;
        }
        TlsException known = cause instanceof TlsException tls
                ? tls
                : Problem.INTERNAL.causedBy(cause, driver.step().name(), String.valueOf(cause));
        alertToSend = outputClosed ? null : known.problem().alert();
        failure = known;
        driver.forgetExporters();
        teller.tell(() -> TraceEvent.Failed.by(known));
        return known;
    }

    /** Sends a role's first messages, if it speaks first. */
    @FunctionalInterface
    public interface Beginning {
        /** The state that the connection begins with. */
        State begin(Output out) throws TlsException;
    }
}
