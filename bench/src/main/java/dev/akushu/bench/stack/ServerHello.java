package dev.akushu.bench.stack;

import java.nio.ByteBuffer;

/**
 * What a ServerHello says (RFC 9846 section 4.2.3), which goes over the wire in clear: whether a handshake was what it claims to be.
 *
 * @param suite its code
 * @param group the key share's code
 * @param isResumed whether it takes a pre-shared key
 */
public record ServerHello(int suite, int group, boolean isResumed) {
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int RECORD_HEADER = 5;
    private static final int AES_128_GCM_SHA256 = 0x1301;
    private static final int PRE_SHARED_KEY = 41;
    private static final int KEY_SHARE = 51;

    /**
     * Reads it.
     *
     * @param flight what the server has sent first, from the buffer's beginning to its position
     */
    public static ServerHello read(ByteBuffer flight) {
        ByteBuffer hello = flight.duplicate().flip();
        require(hello.get(0) == HANDSHAKE && hello.get(RECORD_HEADER) == SERVER_HELLO, "no ServerHello comes first");
        hello.position(RECORD_HEADER + 4 + 2 + 32);
        skip(hello, hello.get());
        int suite = Short.toUnsignedInt(hello.getShort());
        hello.get();
        int end = Short.toUnsignedInt(hello.getShort()) + hello.position();
        int group = 0;
        boolean isResumed = false;
        while (hello.position() < end) {
            int type = Short.toUnsignedInt(hello.getShort());
            int length = Short.toUnsignedInt(hello.getShort());
            if (type == KEY_SHARE) {
                require(length > 4, "it is a HelloRetryRequest");
                group = Short.toUnsignedInt(hello.getShort(hello.position()));
            }
            isResumed |= type == PRE_SHARED_KEY;
            skip(hello, length);
        }
        return new ServerHello(suite, group, isResumed);
    }

    void require(Scenario scenario) {
        requireSuiteAndGroup(scenario);
        require(isResumedAsIn(scenario), isResumed ? "it was resumed" : "it was not resumed");
    }

    boolean isResumedAsIn(Scenario scenario) {
        return isResumed == scenario.isResumed();
    }

    /** Throws unless these are the scenario's. */
    public void requireSuiteAndGroup(Scenario scenario) {
        require(suite == AES_128_GCM_SHA256, "the suite is " + Integer.toHexString(suite));
        require(group == scenario.group(), "the group is " + Integer.toHexString(group));
    }

    private static void skip(ByteBuffer buffer, int octets) {
        buffer.position(buffer.position() + octets);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException("This is not the handshake to measure: " + otherwise);
        }
    }
}
