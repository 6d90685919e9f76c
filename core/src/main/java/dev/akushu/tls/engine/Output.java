package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** All that a state may do to the outside. What is sent leaves in the order of the calls, each message under the keys in force at its call. */
public interface Output {
    /** Queues a message and returns its bytes, for the transcript. */
    default byte[] send(HandshakeMessage message) throws TlsException {
        byte[] encoded = HandshakeCodec.encode(message);
        send(message, encoded);
        return encoded;
    }

    /** As {@link #send(HandshakeMessage)}, for a message that has been encoded already. */
    void send(HandshakeMessage message, byte[] encoded) throws TlsException;

    /** Queues a change_cipher_spec for old middleboxes (RFC 9846 appendix E.4); a second one in a connection is not sent. */
    void sendChangeCipherSpec() throws TlsException;

    /** From here on what is sent is protected by keys from {@code secret}, which is taken over. */
    void writeKeys(Protection protection, TrafficSecret secret, SuiteCrypto suite) throws TlsException;

    /** From here on what is received must be protected by keys from {@code secret}, which is taken over. */
    void readKeys(Protection protection, TrafficSecret secret, SuiteCrypto suite, Aligned proof);

    /** From here on what is sent is in the clear again: a retry has refused the early data, and its keys are forgotten. RFC 9846 section 4.2.4. */
    void dropWriteKeys() throws TlsException;

    /** From here on protected records that are sent hold {@code bytes} at most, content, type and padding together. RFC 8449 section 4. */
    void limitSending(int bytes);

    /** Protected records that are received under the present keys and those to come must not hold more than {@code bytes}. RFC 8449 section 4. */
    void limitReceiving(int bytes) throws TlsException;

    /** Skips up to {@code bytes} of early data, which this endpoint does not take. RFC 9846 section 4.3.10. */
    void skipEarlyData(long bytes);

    /** Takes early data from here on, as long as it comes under the early keys. */
    void acceptEarlyData(EarlyInput input);

    /** Application data may be sent from here on, under the application keys, although the client has not answered. RFC 9846 section 4.5.3. */
    void allowHalfRtt();

    /** Queues the early data that {@code permitted} is about, under the early keys. */
    void sendEarlyData(EarlySending permitted) throws TlsException;

    /** Queues data that was not accepted early, under the application keys and in front of all other data. */
    void resend(Bytes data, Established established) throws TlsException;

    /** It is decided what becomes of early data. */
    void earlyData(EarlyDataOutcome outcome);

    /** The peer changed its keys by KeyUpdate; the next ones follow from the present secret (RFC 9846 section 7.2). */
    void updateReadKeys(Aligned proof);

    /** A KeyUpdate of our own has to go out before the next application data. */
    void answerKeyUpdate();

    /** Messages to be sent after the handshake, as soon as the sending side can. */
    void sendLate(LateFlight flight) throws TlsException;

    /** The client may be asked for a certificate after the handshake. */
    void mayAskLate(LateRequests requests);

    /** The client has answered a request: {@code answer} is completed once the connection stands at the next state. */
    void answered(CompletableFuture<List<Bytes>> answer, List<Bytes> chain);

    /** The secret by which the peer protects what it sends at present. */
    TrafficSecret readSecret();

    /** The client's random, under which secrets are logged; told before the first secret. */
    void clientRandom(Bytes random);

    /** Something is fed into the key schedule. {@code copy} is only asked for if the configuration wants the values, and wiped. */
    void fed(KeyInput input, Supplier<byte[]> copy);

    /** A secret of the key schedule exists now. {@code copy} is only asked for by a key log or where the values are wanted, and wiped. */
    void derived(SecretName name, Supplier<byte[]> copy);

    /** A secret that was told has turned out to be another one of those on offer; tells its value alone. */
    void revised(SecretName name, Supplier<byte[]> copy);

    /** The suite is chosen; what is known of the handshake begins with this. */
    void learned(TlsHandshake known);

    /** More is known of the handshake. */
    void learned(UnaryOperator<TlsHandshake> more);

    /** The handshake is done: application data may flow from here on. */
    void established(Established established);

    /** Something is kept for later connections: {@code discarding} drops it and all that was kept before, if this one fails by an error alert; no lock of the connection is held then. RFC 9846 section 6. */
    void kept(Runnable discarding);

    /** Tells the observer, if there is one; the event is only made then. */
    void event(Supplier<? extends TraceEvent> event);
}
