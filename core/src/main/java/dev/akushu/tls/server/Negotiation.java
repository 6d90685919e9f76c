package dev.akushu.tls.server;

import dev.akushu.tls.ApplicationProtocolChoice;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.PskKeyExchangeMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server chooses from the client's wishes, in its own order of preference unless it is told otherwise. RFC 9846 section 4.2.1.
 *
 * @param suite the suite
 * @param group for the key exchange; null if the two have none in common, and a pre-shared key may do without
 * @param pskAlone whether a pre-shared key, if one is taken, does without a key exchange (psk_ke)
 * @param applicationProtocol by ALPN, or null
 */
record Negotiation(
        SuiteCrypto suite,
        @Nullable NamedGroup group,
        boolean pskAlone,
        @Nullable String applicationProtocol) {
    /** Chooses, or throws if there is nothing in common. */
    static Negotiation of(TlsServer config, ClientWishes wishes, List<FoundPsk> psks, Output out) throws TlsException {
        return of(config, wishes, suite(config, wishes, psks), out);
    }

    /** Chooses the suite that a retry named, and all else, or throws if there is nothing in common. */
    static Negotiation afterRetry(TlsServer config, ClientWishes wishes, CipherSuite named, Output out)
            throws TlsException {
        for (SuiteCrypto suite : commonSuites(config, wishes)) {
            if (suite.suite().equals(named)) {
                return of(config, wishes, suite, out);
            }
        }
        throw Problem.HELLO_CHANGED_AFTER_RETRY.with("cipher_suites");
    }

    private static Negotiation of(TlsServer config, ClientWishes wishes, SuiteCrypto suite, Output out)
            throws TlsException {
        requireServed(config, wishes.serverName());
        NamedGroup group = group(config, wishes);
        boolean pskAlone = isPskAlone(config, wishes, group);
        if (group == null && !pskAlone) {
            throw noCommonGroup(config, wishes);
        }
        out.learned(TlsHandshake.begun(suite.suite(), wishes.serverName())
                .withPeerSchemes(wishes.signatureSchemes(), wishes.certificateSchemes()));
        String protocol = applicationProtocol(config, wishes);
        out.learned(known -> known.withApplicationProtocol(protocol));
        out.event(() -> new TraceEvent.SuiteChosen(
                suite.suite(), wishes.suites(), config.capabilities().suites()));
        if (group != null && !pskAlone) {
            tellGroup(group, config, wishes, out);
        }
        if (!wishes.applicationProtocols().isEmpty()) {
            out.event(() -> new TraceEvent.ApplicationProtocolChosen(
                    protocol, wishes.applicationProtocols(), config.applicationProtocols()));
        }
        return new Negotiation(suite, group, pskAlone, protocol);
    }

    /** The group, where the client wanted none because of its pre-shared key, but none of those is taken. */
    NamedGroup groupAfterAll(TlsServer config, ClientWishes wishes, Output out) throws TlsException {
        if (group == null) {
            throw noCommonGroup(config, wishes);
        }
        tellGroup(group, config, wishes, out);
        return group;
    }

    /** Whether the client would have to send another share for the key exchange. */
    boolean lacksShare(ClientWishes wishes) {
        return group == null || wishes.share(group) == null;
    }

    private static void tellGroup(NamedGroup group, TlsServer config, ClientWishes wishes, Output out) {
        out.event(() -> new TraceEvent.GroupChosen(
                group,
                wishes.groups(),
                wishes.sharedGroups(),
                config.capabilities().groups()));
    }

    private static TlsException noCommonGroup(TlsServer config, ClientWishes wishes) {
        return Problem.NO_COMMON_GROUP.with(
                wishes.groups(), config.capabilities().groups());
    }

    /** With a key exchange wherever there can be one: without, there is no forward secrecy. RFC 9846 appendix F.1. */
    private static boolean isPskAlone(TlsServer config, ClientWishes wishes, @Nullable NamedGroup group) {
        boolean exchanges = group != null && wishes.pskModes().contains(PskKeyExchangeMode.PSK_DHE_KE);
        return wishes.psks() != null && wishes.takesPskKe(config.policy()) && !exchanges;
    }

    /** RFC 6066 3: a server that does not recognize the name may say so and end the handshake. */
    private static void requireServed(TlsServer config, @Nullable String serverName) throws TlsException {
        if (serverName != null && !config.serverNames().test(serverName)) {
            throw Problem.UNRECOGNIZED_NAME.with(serverName, List.of());
        }
    }

    /** The best common suite; but if that can use no external key of the client, the best that can. RFC 9846 4.3.11: such keys SHOULD influence the choice. */
    private static SuiteCrypto suite(TlsServer config, ClientWishes wishes, List<FoundPsk> psks) throws TlsException {
        List<SuiteCrypto> common = commonSuites(config, wishes);
        if (psks.isEmpty()) {
            return common.getFirst();
        }
        SuiteCrypto best = best(config, common, wishes, psks);
        if (isForOneOf(best, psks)) {
            return best;
        }
        for (SuiteCrypto suite : common) {
            if (isForOneOf(suite, psks)) {
                return suite;
            }
        }
        return best;
    }

    /** The first common suite; with early data under an external key the one that was agreed on for it, since there is none under another. RFC 9846 section 4.3.10. */
    private static SuiteCrypto best(
            TlsServer config, List<SuiteCrypto> common, ClientWishes wishes, List<FoundPsk> psks) {
        boolean takesEarly = wishes.earlyData() && config.maxEarlyDataBytes() > 0;
        CipherSuite agreed = takesEarly && psks.getFirst().index() == 0
                ? psks.getFirst().psk().earlyData().map(EarlyDataTerms::suite).orElse(null)
                : null;
        return common.stream()
                .filter(suite -> suite.suite().equals(agreed))
                .findFirst()
                .orElse(common.getFirst());
    }

    private static boolean isForOneOf(SuiteCrypto suite, List<FoundPsk> psks) {
        return psks.stream()
                .anyMatch(psk -> psk.kdf().hash().equals(suite.hash().name()));
    }

    private static List<SuiteCrypto> commonSuites(TlsServer config, ClientWishes wishes) throws TlsException {
        List<CipherSuite> own = config.capabilities().suites();
        List<CipherSuite> deciding = config.suitesInClientOrder() ? wishes.suites() : own;
        List<CipherSuite> other = config.suitesInClientOrder() ? own : wishes.suites();
        List<SuiteCrypto> common = new ArrayList<>();
        for (CipherSuite suite : deciding) {
            SuiteCrypto crypto = other.contains(suite) ? config.crypto().suite(suite) : null;
            if (crypto != null) {
                common.add(crypto);
            }
        }
        if (common.isEmpty()) {
            throw Problem.NO_COMMON_SUITE.with(wishes.suites(), own);
        }
        return common;
    }

    /** The best common group with a share, so that no round trip is lost; without one, the best common group; null if there is none. */
    private static @Nullable NamedGroup group(TlsServer config, ClientWishes wishes) {
        NamedGroup best = null;
        for (NamedGroup group : config.capabilities().groups()) {
            if (wishes.groups().contains(group)) {
                if (wishes.share(group) != null) {
                    return group;
                }
                best = best == null ? group : best;
            }
        }
        return best;
    }

    private static @Nullable String applicationProtocol(TlsServer config, ClientWishes wishes) throws TlsException {
        // RFC 7301 3.2: a server that speaks none of the offered protocols says so; one that does not know ALPN ignores
        // the offer.
        List<String> offered = wishes.applicationProtocols();
        ApplicationProtocolChoice choice = config.applicationProtocolChoice().orElse(null);
        if (offered.isEmpty() || choice == null) {
            return null;
        }
        String chosen = choice.choose(offered).orElse(null);
        // RFC 7301 3.2: the client would break off, so the fault is better found here.
        if (chosen != null && !offered.contains(chosen)) {
            throw Problem.INTERNAL.with("ApplicationProtocolChoice", "it chose " + chosen + " of " + offered);
        }
        return chosen;
    }
}
