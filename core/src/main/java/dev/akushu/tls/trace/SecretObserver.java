package dev.akushu.tls.trace;

/**
 * Is given the value of every secret of the key schedule, to watch the schedule itself at work. A key log (RFC 9850) holds what it takes to read a connection; these values also let their
 * reader forge it, and resume it in the client's place. So there is none unless a configuration names one. Called on the thread of the handshake.
 */
public interface SecretObserver {
    /**
     * What is fed into the schedule. Of several pre-shared keys the last told is the one that the peer took.
     *
     * @param value overwritten after the call
     */
    void fed(KeyInput input, byte[] value);

    /**
     * A secret. Told again if another takes its place, as when the server takes another pre-shared key than the client's first: then the last told is right.
     *
     * @param value overwritten after the call
     */
    void derived(SecretName name, byte[] value);
}
