package dev.akushu.tls.client;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.EarlyAllowance;
import dev.akushu.tls.engine.EarlySending;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.ExporterSecret;
import dev.akushu.tls.schedule.TrafficSecret;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a client's handshake begins: it says what it can do, and offers to resume if it has a ticket. RFC 9846 section 2. */
public final class ClientHandshake {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    private ClientHandshake() {}

    /**
     * Sends the first ClientHello.
     *
     * @param expectedName whom the server must prove to be: a DNS name in ASCII or the text of an IP address; null if that is for the trust to know
     * @param earlyData to send with it, if a ticket or an external key allows that; or null
     */
    public static State begin(
            TlsClient config, @Nullable String expectedName, int port, @Nullable EarlyData earlyData, Output out)
            throws TlsException {
        ClientSetting setting = new ClientSetting(config, expectedName, port, earlyData, HelloVariation.of(config));
        // Before the ticket: a key that cannot be used must not use up a ticket.
        List<OfferedPsk> psks = new ArrayList<>(OfferedExternal.all(config));
        try {
            return begin(setting, psks, out);
        } catch (TlsException | RuntimeException | Error failed) {
            // There is no state yet that would forget them.
            psks.forEach(psk -> psk.earlySecret().wipe());
            throw failed;
        }
    }

    private static State begin(ClientSetting setting, List<OfferedPsk> psks, Output out) throws TlsException {
        OfferedTicket ticket = takeTicket(setting, out);
        FormerServer former =
                ticket != null && setting.config().verifiesBeforeResuming() ? FormerServer.of(ticket, setting) : null;
        if (former == null) {
            return begin(setting, ticket, psks, out);
        }
        return former.judgeAgain(
                (accepted, to) -> accepted
                        ? begin(setting, ticket, psks, to)
                        : begin(setting.withholding(NotResumed.SERVER_NO_LONGER_TRUSTED), null, psks, to),
                () -> psks.forEach(psk -> psk.earlySecret().wipe()));
    }

    private static State begin(ClientSetting setting, @Nullable OfferedTicket ticket, List<OfferedPsk> psks, Output out)
            throws TlsException {
        if (ticket != null) {
            // Before the external keys: it stands for a session in which somebody was authenticated already.
            psks.addFirst(ticket);
        } else if (setting.earlyData() != null) {
            putFirstWhatAllowsEarlyData(psks, setting);
        }
        EarlyAttempt early = EarlyAttempt.of(setting, psks);
        return send(new ClientHelloWriter(setting).first(psks, early), out);
    }

    /** RFC 9846 4.3.10: the key under which early data is sent MUST be the first. An external key is offered once a hash, and good for early data with one. */
    private static void putFirstWhatAllowsEarlyData(List<OfferedPsk> psks, ClientSetting setting) {
        for (OfferedPsk psk : psks) {
            if (psk.refusesEarly(setting) == null) {
                psks.remove(psk);
                psks.addFirst(psk);
                return;
            }
        }
    }

    /** Sends the ClientHello, and early data behind it if that is on offer. */
    static State send(Offer offer, Output out) throws TlsException {
        EarlyData earlyData = offer.early().data();
        OfferedPsk psk = offer.early().psk();
        EarlyAllowance allowance = offer.early().allowance();
        EarlyDataOutcome outcome = offer.early().outcome();
        out.clientRandom(offer.hello().random());
        tellPsks(offer, out);
        if (earlyData != null && allowance != null && outcome == null) {
            int length = offer.early().sent(offer.setting()).length();
            out.event(() -> new TraceEvent.EarlyDataOffered(length, allowance.maxBytes()));
        }
        out.send(offer.hello(), offer.bytes());
        if (outcome != null) {
            out.earlyData(outcome);
        } else if (earlyData != null && psk != null && allowance != null) {
            sendEarly(psk, allowance, offer, out);
        }
        return new ExpectServerHello(offer);
    }

    /** Application data in the first flight, under keys from a pre-shared key alone. RFC 9846 section 2.3. */
    private static void sendEarly(OfferedPsk psk, EarlyAllowance allowance, Offer offer, Output out)
            throws TlsException {
        ClientSetting setting = offer.setting();
        // RFC 9846 appendix E.4: with early data it comes immediately after the first ClientHello.
        if (setting.config().compatibilityMode()) {
            out.sendChangeCipherSpec();
        }
        Transcript transcript = new Transcript(psk.hash());
        transcript.add(offer.bytes());
        TrafficSecret secret = psk.earlySecret().clientEarlyTraffic(transcript.hash());
        ExporterSecret exporter = psk.earlySecret().earlyExporter(transcript.hash());
        out.derived(SecretName.CLIENT_EARLY_TRAFFIC_SECRET, secret::copyForKeyLog);
        out.derived(SecretName.EARLY_EXPORTER_SECRET, exporter::copyForKeyLog);
        out.writeKeys(Protection.EARLY, secret, allowance.suite());
        long records = EarlyAttempt.mostRecords(setting, allowance);
        out.sendEarlyData(EarlySending.of(offer.early().sent(setting), allowance, records, exporter));
    }

    /** A ticket for this server, taken out of the store: each is used once (RFC 9846 appendix C.4). */
    private static @Nullable OfferedTicket takeTicket(ClientSetting setting, Output out) {
        StoredTicket ticket = take(setting);
        if (ticket == null) {
            return null;
        }
        SuiteCrypto suite = setting.config().crypto().suite(ticket.suite());
        if (suite == null
                || !setting.config().capabilities().suites().contains(ticket.suite())
                || !takesProofOf(ticket.origin(), setting.config())) {
            ticket.wipe();
            return null;
        }
        byte[] psk = ticket.copyPsk();
        out.fed(KeyInput.PSK, psk::clone);
        EarlySecret earlySecret = EarlySecret.of(suite.hash(), psk);
        Arrays.fill(psk, (byte) 0);
        ticket.wipe();
        return new OfferedTicket(ticket, suite, earlySecret);
    }

    /** Whether the server could still prove itself as it did in the session; a store may hand out tickets of another configuration. */
    private static boolean takesProofOf(StoredTicket.Origin origin, TlsClient config) {
        if (origin.peerRawKey() != null) {
            return config.rawServerKeys().isPresent();
        }
        return origin.peerCertificates().isEmpty() || config.acceptsCertificates();
    }

    private static @Nullable StoredTicket take(ClientSetting setting) {
        TicketStore.Key key = setting.ticketKey();
        try {
            return key == null ? null : setting.config().tickets().take(key, setting.now());
        } catch (TlsException unwritable) {
            // A full handshake does without; the ticket stays where it is, and is not used twice.
            LOG.log(Logger.Level.WARNING, "a session ticket could not be taken out of its store", unwritable);
            return null;
        }
    }

    private static void tellPsks(Offer offer, Output out) {
        if (offer.psks().isEmpty()) {
            return;
        }
        OfferedTicket offered = offer.ticket();
        if (offered != null) {
            StoredTicket ticket = offered.ticket();
            out.event(() -> new TraceEvent.ResumptionOffered(
                    1, ticket.age(offer.setting().now()), ticket.ticket().length()));
        }
        List<ExternalPsk> externals = offer.setting().config().externalPsks();
        if (!externals.isEmpty()) {
            out.event(() -> TraceEvent.ExternalPsksOffered.of(externals));
        }
        OfferedPsk first = offer.psks().getFirst();
        out.derived(SecretName.EARLY_SECRET, first.earlySecret()::copyForObserver);
        out.derived(SecretName.BINDER_KEY, () -> first.earlySecret().binderKeyForObserver(first.kind()));
    }
}
