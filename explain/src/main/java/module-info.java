/**
 * Tells people what a handshake does: the events of {@code dev.akushu.tls.trace} become a story in English or Japanese, or
 * lines of JSON for programs.
 */
module dev.akushu.explain {
    requires static org.jspecify;
    requires transitive dev.akushu.tls;
    requires com.fasterxml.jackson.core;

    exports dev.akushu.explain;
}
