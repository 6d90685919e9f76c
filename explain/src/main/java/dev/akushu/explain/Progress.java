package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.HandshakeDone;
import dev.akushu.tls.trace.TraceEvent.KeysChanged;
import dev.akushu.tls.trace.TraceEvent.Message;
import dev.akushu.tls.trace.TraceEvent.ResumptionDecided;
import dev.akushu.tls.trace.TraceEvent.SecretDerived;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps what is so in a connection while its story is told. */
final class Progress {
    private final Set<SecretName> secrets = new LinkedHashSet<>();
    private final Map<Role, Protection> sendingKeys = new EnumMap<>(Role.class);
    private final Map<Role, String> policies = new EnumMap<>(Role.class);
    private final Set<Role> done = EnumSet.noneOf(Role.class);
    private Chapter chapter = Chapter.KEY_EXCHANGE;
    private Role lastSender = Role.SERVER;
    private String lastMessage = "";
    private int roundTrips;
    private int steps;
    private boolean retried;
    private boolean resumed;
    private boolean offersTicket;
    private boolean externalPsk;
    private boolean pskAlone;
    private boolean rawPublicKey;
    private boolean stapled;
    private boolean permutesExtensions;
    private boolean failed;

    /** The step that {@code told} is, after which all that it changes is changed. */
    Step step(Told told, boolean bothEnds) {
        boolean hadFailed = failed;
        note(told);
        TraceEvent event = told.event();
        chapter = chapterOf(event);
        boolean allDone = done.size() == (bothEnds ? 2 : 1);
        Situation situation = new Situation(
                bothEnds,
                roundTrips,
                retried,
                resumed,
                externalPsk,
                pskAlone,
                rawPublicKey,
                stapled,
                permutesExtensions,
                policies,
                allDone,
                hadFailed,
                lastMessage,
                List.copyOf(secrets));
        return new Step(++steps, chapter, told.teller(), event, protection(told), situation);
    }

    boolean isDone(Role role) {
        return done.contains(role);
    }

    /** The handshake is done at {@code role}, which has not come to tell it yet. */
    void noteDone(Role role) {
        done.add(role);
    }

    /** Also for what an end is not heard with, because the other end's word opens the story. */
    void noteStarted(TraceEvent.Started started) {
        policies.put(started.role(), started.policy());
        permutesExtensions |= started.permutesExtensions();
    }

    private void note(Told told) {
        switch (told.event()) {
            case Message message -> noteMessage(Wire.sender(told.teller(), message.flow()), message);
            case SecretDerived derived -> secrets.add(derived.name());
            case KeysChanged changed ->
                sendingKeys.put(Wire.sender(told.teller(), changed.flow()), changed.protection());
            case TraceEvent.ResumptionOffered _ -> offersTicket = true;
            case TraceEvent.ExternalPsksOffered _ -> externalPsk = !offersTicket;
            case TraceEvent.ExternalPskChosen _ -> externalPsk = true;
            case ResumptionDecided decided -> {
                resumed = decided.reason() == null;
                externalPsk = false;
            }
            case TraceEvent.KeyExchangeOmitted _ -> pskAlone = true;
            case HandshakeDone _ -> done.add(told.teller());
            case TraceEvent.Failed _ -> failed = true;
            default -> {
                // Nothing that later steps build on.
            }
        }
    }

    private void noteMessage(Role sender, Message message) {
        String name = message.name();
        // A round trip ends when the server answers. After the handshake nobody waits: tickets come by themselves.
        if (sender == Role.SERVER && lastSender == Role.CLIENT && done.isEmpty() && !isHandshakeOver()) {
            roundTrips++;
        }
        lastSender = sender;
        lastMessage = name;
        retried |= name.equals("HelloRetryRequest");
        switch (name) {
            case "Certificate" -> {
                rawPublicKey = RawPublicKey.isShownIn(message);
                stapled = ExtensionWords.has(message, "status_request");
            }
            case "CompressedCertificate" -> {
                rawPublicKey = false;
                stapled = false;
            }
            default -> {
                // No key is shown in it.
            }
        }
    }

    private boolean isHandshakeOver() {
        return chapter.compareTo(Chapter.AUTHENTICATION) > 0
                || lastSender == Role.CLIENT && lastMessage.equals("Finished");
    }

    private Chapter chapterOf(TraceEvent event) {
        return switch (event) {
            case Message message -> isLate(message) ? Chapter.APPLICATION_DATA : chapterOf(message.name());
            case TraceEvent.TicketSealed _, TraceEvent.TicketReceived _ -> Chapter.TICKETS;
            case TraceEvent.ApplicationData data ->
                data.protection() == Protection.EARLY || data.halfRtt() ? chapter : Chapter.APPLICATION_DATA;
            case TraceEvent.EarlyDataResent _, TraceEvent.KeyUpdated _ -> Chapter.APPLICATION_DATA;
            case TraceEvent.Alert alert -> alert.fatal() ? chapter : Chapter.CLOSING;
            case TraceEvent.ApplicationProtocolChosen _,
                    TraceEvent.TicketsAnnounced _,
                    TraceEvent.RecordSizesAgreed _,
                    TraceEvent.IdentityChosen _,
                    TraceEvent.CertificateCompressed _,
                    TraceEvent.ClientCertificateRequested _ -> afterServerHello();
            default -> chapter;
        };
    }

    /** Whether it is of a request for a certificate after the handshake. RFC 9846 section 4.7.2. */
    private boolean isLate(Message message) {
        return message.protection() == Protection.APPLICATION && chapterOf(message.name()) == Chapter.AUTHENTICATION;
    }

    /** What is decided for messages that follow ServerHello belongs to them; unless it was decided before. */
    private Chapter afterServerHello() {
        return lastMessage.equals("ServerHello") ? Chapter.AUTHENTICATION : chapter;
    }

    private Chapter chapterOf(String message) {
        return switch (message) {
            case "ClientHello", "HelloRetryRequest", "ServerHello" -> Chapter.KEY_EXCHANGE;
            case "NewSessionTicket" -> Chapter.TICKETS;
            case "KeyUpdate" -> Chapter.APPLICATION_DATA;
            default -> Chapter.AUTHENTICATION;
        };
    }

    private @Nullable Protection protection(Told told) {
        TraceEvent event = told.event();
        Flow flow = Wire.flow(event);
        if (flow == null) {
            return null;
        }
        return switch (event) {
            case Message message -> message.protection();
            case TraceEvent.RecordPassed passed -> passed.protection();
            case TraceEvent.ApplicationData data -> data.protection();
            case TraceEvent.ChangeCipherSpec _ -> Protection.CLEAR;
            default -> sendingKeys.getOrDefault(Wire.sender(told.teller(), flow), Protection.CLEAR);
        };
    }
}
