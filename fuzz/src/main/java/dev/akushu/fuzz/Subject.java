package dev.akushu.fuzz;

import dev.akushu.tls.Role;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An engine that is given records, and all that must hold whatever they are. */
final class Subject {
    /** More than any answer to an input of a fuzzer can be: a flight, and a KeyUpdate or an alert a record. */
    private static final int MOST_OUTPUT = 1 << 20;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** As many as a client may leave unanswered, and more than one. */
    private static final int REQUESTS = 3;

    private final TlsEngine engine;
    private final boolean asksLate;
    private final boolean sendsData;
    private final boolean sendsHalfRtt;
    private final ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
    private final ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
    private int output;
    private int asked;

    /** As {@link Settings} say by {@code bits}. */
    Subject(TlsEngine engine, int bits) {
        this.engine = engine;
        this.asksLate = engine.role() == Role.SERVER && Settings.asksLate(bits);
        this.sendsData = Settings.sendsData(bits);
        this.sendsHalfRtt = engine.role() == Role.SERVER && Settings.sendsHalfRtt(bits);
    }

    /** Hands one whole record over, and whatever follows from it. */
    void give(byte[] record) throws TlsException {
        ByteBuffer in = ByteBuffer.wrap(record);
        sendHalfRtt();
        send();
        act();
        while (in.hasRemaining()) {
            int before = in.position();
            TlsEngine.Status status = receive(in);
            if (status == TlsEngine.Status.NEED_INPUT || status == TlsEngine.Status.CLOSED) {
                return;
            }
            if (status == TlsEngine.Status.NEED_SPACE) {
                throw new AssertionError("an application buffer of full size is too small");
            }
            if (in.position() == before && status != TlsEngine.Status.NEED_WORK) {
                throw new AssertionError("no progress: " + status);
            }
        }
    }

    private TlsEngine.Status receive(ByteBuffer in) throws TlsException {
        TlsEngine.Status status = engine.receive(in, application.clear());
        if (engine.earlyDataAvailable() > 0) {
            engine.readEarlyData(application.clear());
            engine.exportEarlyKeyingMaterial("EXPERIMENTAL fuzz", new byte[0], 32);
        }
        Optional<Work> work = engine.work();
        if (work.isPresent()) {
            work.get().run();
            engine.resume();
        } else if (status == TlsEngine.Status.NEED_WORK) {
            throw new AssertionError("there is no work to do");
        }
        sendHalfRtt();
        send();
        return status;
    }

    /** What an application does by itself once there is a connection. */
    private void act() {
        if (!engine.isEstablished()) {
            return;
        }
        if (asksLate && asked < REQUESTS) {
            asked++;
            use(engine::requestClientCertificate);
        }
        if (sendsData) {
            use(() -> {
                engine.send(ByteBuffer.allocate(1), network.clear());
                count();
            });
        }
    }

    /** What has been sent so is no sign that the client is there: only {@code isEstablished} is. */
    private void sendHalfRtt() throws TlsException {
        if (!sendsHalfRtt || engine.isEstablished()) {
            return;
        }
        ByteBuffer data = ByteBuffer.allocate(3);
        boolean may = engine.maySendHalfRttData();
        engine.sendHalfRttData(data, network.clear());
        count();
        if (may && data.hasRemaining()) {
            throw new AssertionError("half-RTT data was not taken");
        }
    }

    private void send() throws TlsException {
        while (engine.hasOutput()) {
            engine.send(NOTHING, network.clear());
            if (network.position() == 0) {
                throw new AssertionError("there is output, and nothing is written");
            }
            count();
        }
    }

    private void count() {
        output += network.position();
        if (output > MOST_OUTPUT) {
            throw new AssertionError("there is no end of output");
        }
    }

    /** The input has ended, by a failure or not: the engine is used as if nothing had happened. */
    void end() {
        boolean failed = engine.failure().isPresent();
        if (engine.isEstablished() != engine.session().isPresent() && !failed) {
            throw new AssertionError("established without a session, or the reverse");
        }
        for (int i = 0; i < 2; i++) {
            use(() -> engine.exportEarlyKeyingMaterial("EXPERIMENTAL fuzz", new byte[0], 32));
            use(engine::endOfInput);
            use(() -> engine.updateKeys(true));
            use(() -> engine.send(ByteBuffer.allocate(100), network.clear()));
            use(engine::closeOutput);
            use(this::send);
        }
        if (engine.isEstablished() && !failed) {
            use(() -> engine.exportKeyingMaterial("EXPERIMENTAL fuzz", new byte[0], 32));
        }
    }

    private interface Use {
        Object orThrow() throws TlsException;
    }

    private interface Act {
        void orThrow() throws TlsException;
    }

    private void use(Act act) {
        use(() -> {
            act.orThrow();
            return true;
        });
    }

    private void use(Use use) {
        try {
            use.orThrow();
        } catch (TlsException.LocalMisuse tooLate) {
            // So it is for who sends after he has closed.
        } catch (TlsException refused) {
            Faults.requireFaultOfThePeer(refused);
            if (engine.failure().isEmpty()) {
                throw new AssertionError("a failure that the engine does not know of", refused);
            }
        }
    }
}
