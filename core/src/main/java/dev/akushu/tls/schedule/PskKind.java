package dev.akushu.tls.schedule;

/**
 * Where a pre-shared key comes from; its binder is made so that one kind can never pass for another. RFC 9846 section
 * 7.1.
 */
public enum PskKind {
    /** From a ticket of an earlier connection. */
    RESUMPTION("res binder"),
    /** Provisioned outside of TLS and used as it is. */
    EXTERNAL("ext binder"),
    /** Provisioned outside of TLS and imported for one hash and protocol: RFC 9258 section 5. */
    IMPORTED("imp binder");

    private final Label binderLabel;

    PskKind(String binderLabel) {
        this.binderLabel = Label.of(binderLabel);
    }

    Label binderLabel() {
        return binderLabel;
    }
}
