package dev.akushu.tls.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each step of a handshake is told once, by each end, in order. What is told stands in a file for each story, beside this
 * class: the kinds of events with those of their facts that are the same in each run.
 */
class EventsTest {
    private static final Policy P256 = Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.SECP256R1));
    private static final byte[] EARLY = "ping".getBytes(StandardCharsets.US_ASCII);
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp", new byte[32]);

    /** Who never saw a ClientHello before. */
    private static final ReplayGuard FRESH = hello -> CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH);

    /** What happens between two ends. */
    enum Story {
        FULL {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.applicationProtocols("h2", "http/1.1");
                ends.server.applicationProtocols("http/1.1");
                EnginePair pair = ends.connect();
                pair.server().input(pair.client().seal("ping"));
                pair.client().engine().closeOutput();
                pair.server().input(pair.client().output());
            }
        },
        PLAIN {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.compatibilityMode(false);
                ends.connect();
            }
        },
        RETRY {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.policy(Policy.MODERN_2026_11.withKeyShares(List.of()));
                ends.server.policy(P256);
                ends.connect();
            }
        },
        STATELESS_RETRY {
            @Override
            void run(Watched ends) throws TlsException {
                ends.server.statelessRetry(() -> true);
                ends.connect();
            }
        },
        RESUMED {
            @Override
            void run(Watched ends) throws TlsException {
                ends.connectBefore();
                ends.connect();
            }
        },
        RESUMED_AFTER_RETRY {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.policy(Policy.MODERN_2026_11.withKeyShares(List.of()));
                ends.connectBefore();
                ends.connect();
            }
        },
        WITHOUT_KEY_EXCHANGE {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.policy(Ends.QUICK.dangerWithPskKe());
                ends.server.policy(P256.dangerWithPskKe());
                ends.client.externalPsks(LAMP);
                ends.server.externalPsks(PskSource.of(List.of(LAMP)));
                ends.connect();
            }
        },
        TICKET_REFUSED {
            @Override
            void run(Watched ends) throws TlsException {
                ends.connectBefore();
                ends.server.ticketKeys(TicketKeys.rotating());
                ends.connect();
            }
        },
        EARLY_ACCEPTED {
            @Override
            void run(Watched ends) throws TlsException {
                ends.server.earlyData(100).replayGuard(FRESH);
                ends.connectBefore();
                ends.connectEarly();
            }
        },
        EARLY_REFUSED {
            @Override
            void run(Watched ends) throws TlsException {
                ends.server.earlyData(100);
                ends.connectBefore();
                ends.server.earlyData(0);
                ends.connectEarly();
            }
        },
        EARLY_AND_TICKET_REFUSED {
            @Override
            void run(Watched ends) throws TlsException {
                ends.server.earlyData(100);
                ends.connectBefore();
                ends.server.ticketKeys(TicketKeys.rotating());
                ends.connectEarly();
            }
        },
        EARLY_AND_RETRY {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.policy(Policy.MODERN_2026_11
                        .withGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1))
                        .withKeyShares(List.of(NamedGroup.X25519)));
                ends.server.earlyData(100);
                ends.connectBefore();
                ends.server.policy(P256);
                ends.connectEarly();
            }
        },
        EXTERNAL_PSK {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.externalPsks(LAMP);
                ends.server.externalPsks(PskSource.of(List.of(LAMP)));
                ends.connect();
            }
        },
        CLIENT_CERTIFICATE {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.identity(Ends.PKI.leaf(TestKey.ED25519, "client").identity());
                ends.server.clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust());
                ends.connect();
            }
        },
        CLIENT_WITHOUT_CERTIFICATE {
            @Override
            void run(Watched ends) throws TlsException {
                ends.server.clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust());
                ends.connect();
            }
        },
        LATE_CLIENT_CERTIFICATE {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.identity(Ends.LEAF.identity()).postHandshakeAuthentication(true);
                ends.server.clientAuthentication(ClientAuthentication.NONE, Ends.PKI.trust());
                EnginePair pair = ends.connect();
                pair.server().engine().requestClientCertificate();
                pair.shakeHands();
            }
        },
        LATE_WITHOUT_CERTIFICATE {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.postHandshakeAuthentication(true);
                ends.server.clientAuthentication(ClientAuthentication.NONE, Ends.PKI.trust());
                EnginePair pair = ends.connect();
                pair.server().engine().requestClientCertificate();
                pair.shakeHands();
            }
        },
        SERVER_JUDGED_AGAIN {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.verifyBeforeResuming(true);
                ends.connectBefore();
                ends.connect();
            }
        },
        SERVER_TRUSTED_NO_LONGER {
            @Override
            void run(Watched ends) throws TlsException {
                Doubting trust = new Doubting();
                ends.client.verifyBeforeResuming(true).trust(trust);
                ends.connectBefore();
                trust.refusesNext = true;
                ends.connect();
            }
        },
        COMPRESSED {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.certificateCompressions(CertificateCompression.zlib());
                ends.server.certificateCompressions(CertificateCompression.zlib());
                ends.connect();
            }
        },
        RAW_KEY {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.rawServerKeys(
                        RawKeyTrust.pinned(List.of(Ends.LEAF.certificate().getPublicKey())));
                ends.server = TlsServer.builder(Ends.LEAF.identity().withoutCertificates())
                        .grease(false);
                ends.connect();
            }
        },
        KEY_UPDATE {
            @Override
            void run(Watched ends) throws TlsException {
                EnginePair pair = ends.connect();
                pair.client().engine().updateKeys(true);
                pair.shakeHands();
            }
        },
        SMALLER_RECORDS_AND_FEWER_TICKETS {
            @Override
            void run(Watched ends) throws TlsException {
                ends.client.records(RecordPolicy.DEFAULT.withSizeLimit(1000)).ticketRequest(new TicketRequest(1, 1));
                ends.connect();
            }
        },
        WRONG_HOST {
            @Override
            void run(Watched ends) throws TlsException {
                EnginePair pair = ends.begin("elsewhere.example");
                pair.server().input(pair.client().output());
                TappedPair.requireFailure(pair.client(), pair.server().output(), Problem.HOST_NAME_MISMATCH);
                TappedPair.requireFailure(pair.server(), pair.client().output(), Problem.ALERT_RECEIVED);
            }
        };

        abstract void run(Watched ends) throws TlsException;
    }

    /** Accepts whom all others accept here, but for the next one, once it was told so. */
    private static final class Doubting implements Trust {
        private boolean refusesNext;

        @Override
        public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
            if (refusesNext) {
                refusesNext = false;
                throw Problem.CERTIFICATE_REVOKED.with("CN=localhost", Instant.EPOCH, "keyCompromise");
            }
            return Ends.PKI.trust().verify(peer);
        }

        @Override
        public String scope() {
            return "doubting";
        }
    }

    /** Two ends, and what each of them tells. */
    private static final class Watched {
        private final TlsClient.Builder client = Ends.client();
        private TlsServer.Builder server = Ends.server().ticketKeys(TicketKeys.rotating());
        private final List<TraceEvent> toldByClient = new ArrayList<>();
        private final List<TraceEvent> toldByServer = new ArrayList<>();

        /** Shakes hands, and forgets what was told of it; what the ends keep is kept. */
        void connectBefore() throws TlsException {
            connect();
            toldByClient.clear();
            toldByServer.clear();
        }

        EnginePair connect() throws TlsException {
            EnginePair pair = begin("localhost");
            // A server that is judged again is judged before there is anything to send.
            pair.client().input(new byte[0]);
            pair.shakeHands();
            assertThat(pair.client().engine().isEstablished()).isTrue();
            return pair;
        }

        EnginePair begin(String host) throws TlsException {
            return pair(client.observer(toldByClient::add).build().engine(host, 443));
        }

        void connectEarly() throws TlsException {
            pair(client.observer(toldByClient::add).build().engine("localhost", 443, EarlyData.of(EARLY)))
                    .shakeHands();
        }

        private EnginePair pair(TlsEngine engine) throws TlsException {
            return EnginePair.of(
                    engine, server.observer(toldByServer::add).build().engine());
        }

        String told() {
            return "The client:\n" + lines(toldByClient) + "\nThe server:\n" + lines(toldByServer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachStepIsToldOnceAndInOrder(Story story) throws TlsException, IOException {
        Watched ends = new Watched();
        story.run(ends);
        assertThat(ends.told()).isEqualTo(expected(story));
    }

    private static String expected(Story story) throws IOException {
        String name = "events/" + story.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = EventsTest.class.getResourceAsStream(name)) {
            return in == null ? "there is no " + name : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String lines(List<TraceEvent> events) {
        return events.stream().map(EventsTest::line).collect(joining("\n", "", "\n"));
    }

    private static String line(TraceEvent event) {
        String facts = Arrays.stream(event.getClass().getRecordComponents())
                .map(component -> fact(event, component))
                .filter(Objects::nonNull)
                .collect(joining(" "));
        return ("  " + event.getClass().getSimpleName() + " " + facts).stripTrailing();
    }

    private static boolean isShort(Object element) {
        return element instanceof NamedGroup
                || element instanceof CipherSuite
                || element instanceof String
                || element instanceof Enum<?>;
    }

    /** Null for one that differs from run to run, or is long. */
    private static @Nullable String fact(TraceEvent event, RecordComponent component) {
        Object value;
        try {
            value = component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return switch (value) {
            case null -> component.getName() + "=none";
            case Boolean is -> (is ? "" : "not ") + component.getName();
            case Enum<?> one -> one.name();
            case Long number -> number.toString();
            case String text when component.getName().equals("chosen") -> text;
            case CipherSuite _, NamedGroup _, SignatureScheme _ -> value.toString();
            case Diagnosis diagnosis -> diagnosis.problem().name();
            case TlsSession session -> session.resumed() ? "resumed" : "full";
            case List<?> few
            when few.size() <= 6 && few.stream().allMatch(EventsTest::isShort) -> component.getName() + few;
            default -> null;
        };
    }
}
