package dev.akushu.tls;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends with its first flight, before the server has said anything: one round trip is saved, at a price (RFC 9846 section 2.3 and appendix F.5). <b>Whoever sees these
 * bytes pass can send them to the server again</b>, and they are as secret as the key of the ticket or the external key only, without forward secrecy. So send what may arrive twice: a GET, not an order.
 *
 * <p>It is sent whole or not at all, unless {@link #cutToFit} was said: only with a ticket of a session that allows as much, under the same server name, application protocol and suite, or with an external key that was agreed to be good for it ({@link ExternalPsk#withEarlyData}). What was not sent, or was refused by the server,
 * is lost unless {@link #resendIfRefused} was said; {@link TlsSession#earlyData} tells.
 */
public final class EarlyData {
    private final Bytes data;
    private final @Nullable String applicationProtocol;
    private final boolean resendIfRefused;
    private final boolean cutToFit;

    private EarlyData(Bytes data, @Nullable String applicationProtocol, boolean resendIfRefused, boolean cutToFit) {
        this.data = data;
        this.applicationProtocol = applicationProtocol;
        this.resendIfRefused = resendIfRefused;
        this.cutToFit = cutToFit;
    }

    /** Data in the one application protocol that the client offers, or for a client that offers none. */
    public static EarlyData of(byte[] data) {
        return new EarlyData(Bytes.copyOf(data), null, false, false);
    }

    /** Data in the application protocol {@code protocol}, one of those that the client offers by ALPN. */
    public static EarlyData of(byte[] data, String protocol) {
        return new EarlyData(Bytes.copyOf(data), protocol, false, false);
    }

    /**
     * The same data, which the client sends again behind the handshake if it was not accepted early, before all other data; but never in another application protocol than its own. Somebody
     * on the way can make a server get it twice by this: once early, once again (RFC 9846 section 8). With an external key the early copy may come as late as {@link EarlyDataTerms#until}.
     */
    public EarlyData resendIfRefused() {
        return new EarlyData(data, applicationProtocol, true, cutToFit);
    }

    /**
     * The same data, of which the client sends only the beginning early if a ticket or key does not allow all of it. How much that was {@link EarlyDataReport#bytes} says: if it was accepted, it is for the application to send what comes
     * behind; if the client has sent data again, that was all of it.
     */
    public EarlyData cutToFit() {
        return new EarlyData(data, applicationProtocol, resendIfRefused, true);
    }

    /** The bytes. */
    public Bytes data() {
        return data;
    }

    /** The application protocol that it was made for, if that was said. */
    public Optional<String> applicationProtocol() {
        return Optional.ofNullable(applicationProtocol);
    }

    /** Whether it may be sent again. */
    public boolean mayBeResent() {
        return resendIfRefused;
    }

    /** Whether the beginning may be sent alone. */
    public boolean mayBeCut() {
        return cutToFit;
    }

    /** How much it is; not what. */
    @Override
    public String toString() {
        return "EarlyData[" + data.length() + " bytes]";
    }
}
