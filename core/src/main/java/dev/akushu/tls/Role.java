package dev.akushu.tls;

/** One of the two ends of a connection. */
public enum Role {
    /** Speaks first. */
    CLIENT,
    /** Answers. */
    SERVER;

    /** The other end. */
    public Role peer() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
