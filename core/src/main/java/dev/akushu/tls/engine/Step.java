package dev.akushu.tls.engine;

/** Where a handshake stands: what it waits for next. The two roles' enums implement it. */
public interface Step {
    /** The enum constant's name, such as {@code EXPECT_SERVER_HELLO}. */
    String name();
}
