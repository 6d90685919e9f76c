package dev.akushu.tls.wire;

/** The messages that carry extensions, as the columns of the table in RFC 9846 section 4.3 name them. */
public enum MessageKind {
    /** CH. */
    CLIENT_HELLO("ClientHello", 0),
    /** SH. */
    SERVER_HELLO("ServerHello", 0),
    /** HRR. */
    HELLO_RETRY_REQUEST("HelloRetryRequest", 6),
    /** EE. */
    ENCRYPTED_EXTENSIONS("EncryptedExtensions", 0),
    /** CR. */
    CERTIFICATE_REQUEST("CertificateRequest", 0),
    /** CT: one CertificateEntry of a Certificate. */
    CERTIFICATE("Certificate", 0),
    /** NST. */
    NEW_SESSION_TICKET("NewSessionTicket", 0);

    private final String messageName;
    private final int shortestBlock;

    MessageKind(String messageName, int shortestBlock) {
        this.messageName = messageName;
        this.shortestBlock = shortestBlock;
    }

    /** The RFC's spelling, such as {@code ClientHello}. */
    public String messageName() {
        return messageName;
    }

    /**
     * The fewest bytes that the extensions may take. TLS 1.3 says 7 in a ClientHello and 6 in a ServerHello, the length
     * of supported_versions there: a block without it is one of TLS 1.2, which may be empty.
     */
    int shortestBlock() {
        return shortestBlock;
    }
}
