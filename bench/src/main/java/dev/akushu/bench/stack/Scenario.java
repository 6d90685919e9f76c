package dev.akushu.bench.stack;

/** What kind of handshake is measured. All are TLS 1.3 with TLS_AES_128_GCM_SHA256, ECDSA on P-256, and a chain of leaf, intermediate and root. */
public enum Scenario {
    /** Nothing of the server is known. */
    NEW_SERVER("full, new server", 0x001d, false),
    /** Its certificates have been seen before. */
    SAME_SERVER("full, same server again", 0x001d, false),
    /** The same with a hybrid group. */
    HYBRID("full, same server, X25519MLKEM768", 0x11ec, false),
    /** By a ticket. */
    RESUMED("resumed", 0x001d, true);

    private final String title;
    private final int group;
    private final boolean isResumed;

    Scenario(String title, int group, boolean isResumed) {
        this.title = title;
        this.group = group;
        this.isResumed = isResumed;
    }

    /** As it is called in tables. */
    public String title() {
        return title;
    }

    /** The group's code; the only one that both ends have. */
    public int group() {
        return group;
    }

    /** The group as JSSE calls it. */
    String groupName() {
        return this == HYBRID ? "X25519MLKEM768" : "x25519";
    }

    /** Whether by a ticket of the handshake before. */
    public boolean isResumed() {
        return isResumed;
    }

    /** How many servers take turns: far more than any stack remembers certificates or chains of (the JDK 750, Akushu 1,024), or one. */
    public int servers() {
        return this == NEW_SERVER ? 4_000 : 1;
    }
}
