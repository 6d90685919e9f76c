package dev.akushu.bench.handshake;

import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.stack.End;
import dev.akushu.bench.stack.Ends;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Ends that tell how much of the time is the client's and how much the server's. Looking at the clock takes a little itself, so their sum is more than the time of both. */
final class SplitEnds implements Ends {
    private final Ends ends;
    private final Clock ofClient = new Clock();
    private final Clock ofServer = new Clock();

    SplitEnds(Ends ends) {
        this.ends = ends;
    }

    private static final class Clock {
        private long total;
        private long start;

        void start() {
            start = Meter.cpu();
        }

        void stop() {
            total += Meter.cpu() - start;
        }

        /** Nanoseconds since it was asked last. */
        long taken() {
            long taken = total;
            total = 0;
            return taken;
        }
    }

    /** Nanoseconds since it was asked last. */
    long clients() {
        return ofClient.taken();
    }

    /** Nanoseconds since it was asked last. */
    long servers() {
        return ofServer.taken();
    }

    @Override
    public End client(int port) throws IOException {
        ofClient.start();
        End end = ends.client(port);
        ofClient.stop();
        return new SplitEnd(end, ofClient);
    }

    @Override
    public End server(int number) throws IOException {
        ofServer.start();
        End end = ends.server(number);
        ofServer.stop();
        return new SplitEnd(end, ofServer);
    }

    @Override
    public int count() {
        return ends.count();
    }

    @Override
    public boolean areNative() {
        return ends.areNative();
    }

    private record SplitEnd(End end, Clock clock) implements End {
        @Override
        public boolean turn(ByteBuffer in, ByteBuffer out, ByteBuffer scratch) throws IOException {
            clock.start();
            boolean isBusy = end.turn(in, out, scratch);
            clock.stop();
            return isBusy;
        }

        @Override
        public boolean isEstablished() {
            return end.isEstablished();
        }

        @Override
        public void seal(ByteBuffer plain, ByteBuffer wire) throws IOException {
            clock.start();
            end.seal(plain, wire);
            clock.stop();
        }

        @Override
        public void open(ByteBuffer wire, ByteBuffer plain) throws IOException {
            clock.start();
            end.open(wire, plain);
            clock.stop();
        }

        @Override
        public void closeOutput() throws IOException {
            clock.start();
            end.closeOutput();
            clock.stop();
        }

        @Override
        public void release() throws IOException {
            clock.start();
            end.release();
            clock.stop();
        }
    }
}
