package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.Alert;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.Failed;
import dev.akushu.tls.trace.TraceEvent.HandshakeDone;
import dev.akushu.tls.trace.TraceEvent.Message;
import dev.akushu.tls.trace.TraceEvent.PeerChainVerified;
import dev.akushu.tls.trace.TraceEvent.SecretDerived;
import dev.akushu.tls.trace.TraceEvent.SharedSecretComputed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StoryTest {
    @Test
    void messageThatBothEndsSawIsToldOnceByItsSender() {
        List<Step> messages = Scripts.full().steps().stream()
                .filter(step -> step.event() instanceof Message)
                .toList();

        assertThat(messages).extracting(StoryTest::name).doesNotHaveDuplicates().contains("Finished by CLIENT");
        assertThat(messages).allSatisfy(step -> assertThat(step.teller()).isEqualTo(step.sender()));
    }

    @Test
    void oneEndTellsAllThatItSaw() {
        Script script = Scripts.full();
        List<Step> steps = new ArrayList<>();

        script.play(Role.SERVER, steps::add);

        assertThat(steps).extracting(Step::event).isEqualTo(script.of(Role.SERVER));
    }

    @Test
    void oneEndIsToldAtOnce() {
        List<Step> steps = new ArrayList<>();
        Observer client = new Story(steps::add).observer(Role.CLIENT);

        client.on(Rfc8448.sent("3 ClientHello", Protection.CLEAR));

        assertThat(steps).hasSize(1);
    }

    @Test
    void decisionsStandBeforeTheMessageAndChecksAfterIt() {
        List<String> story =
                Scripts.full().steps().stream().map(StoryTest::name).toList();

        assertThat(story)
                .containsSubsequence(
                        "ClientHello by CLIENT",
                        "SuiteChosen by SERVER",
                        "ServerHello by SERVER",
                        "IdentityChosen by SERVER",
                        "Certificate by SERVER",
                        "CertificateVerify by SERVER",
                        "PeerChainVerified by CLIENT",
                        "Finished by SERVER",
                        "FinishedChecked by CLIENT",
                        "Finished by CLIENT",
                        "FinishedChecked by SERVER",
                        "HandshakeDone by SERVER",
                        "TicketSealed by SERVER",
                        "NewSessionTicket by SERVER",
                        "TicketReceived by CLIENT");
    }

    @Test
    void whatBothEndsKnowIsToldOnce() {
        List<Step> steps = Scripts.full().steps();

        assertThat(steps)
                .filteredOn(step -> step.event() instanceof SharedSecretComputed)
                .hasSize(1);
        assertThat(steps)
                .filteredOn(step -> step.event().equals(new SecretDerived(SecretName.HANDSHAKE_SECRET)))
                .hasSize(1);
        assertThat(steps)
                .filteredOn(step -> step.event() instanceof HandshakeDone)
                .hasSize(1);
    }

    @Property(tries = 300)
    void orderDoesNotDependOnHowTheThreadsRan(@ForAll long seed) {
        Script script = Scripts.full();

        assertThat(interleaved(script, new Random(seed)))
                .extracting(StoryTest::name)
                .isEqualTo(script.steps().stream().map(StoryTest::name).toList());
    }

    @Test
    void twoThreadsMayTellAtTheSameTime() throws InterruptedException {
        Script script = Scripts.full();
        List<Step> steps = new ArrayList<>();
        Story story = new Story(steps::add);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (Role role : Role.values()) {
            Observer observer = story.observer(role);
            threads.add(Thread.ofVirtual().start(() -> {
                awaitUninterruptibly(start);
                script.of(role).forEach(observer::on);
            }));
        }

        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        story.end();

        assertThat(steps).extracting(Step::number).doesNotHaveDuplicates();
        assertThat(steps).extracting(StoryTest::name).contains("ClientHello by CLIENT", "NewSessionTicket by SERVER");
    }

    @Test
    void whatArrivesOtherThanItWasSentIsToldToo() {
        Message sent = Rfc8448.sent("3 ServerHello", Protection.CLEAR);
        byte[] bytes = sent.message().toArray();
        bytes[40] ^= 1;
        Message altered = new Message(Flow.RECEIVED, sent.type(), sent.name(), sent.protection(), Bytes.wrap(bytes));
        Script script = Scripts.start()
                .add(Role.CLIENT, Rfc8448.sent("3 ClientHello", Protection.CLEAR))
                .alone(Role.SERVER, sent)
                .alone(Role.CLIENT, altered);

        assertThat(script.steps()).extracting(Step::event).contains(sent, altered);
    }

    @Test
    void endTellsWhatStillWaited() {
        List<Step> steps = new ArrayList<>();
        Story story = new Story(steps::add);
        Observer client = story.observer(Role.CLIENT);
        story.observer(Role.SERVER);
        client.on(Rfc8448.sent("3 ClientHello", Protection.CLEAR));
        client.on(new Failed(Problem.TIMED_OUT.diagnosis("handshake", "30 s", "a.example:443")));
        assertThat(steps).hasSize(1);

        story.end();

        assertThat(steps).extracting(Step::event).last().isInstanceOf(Failed.class);
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        List<Step> steps = new ArrayList<>();
        Story story = new Story(steps::add);
        Observer client = story.observer(Role.CLIENT);
        story.end();

        client.on(new ApplicationData(Flow.SENT, 1));

        assertThat(steps).isEmpty();
    }

    @Test
    void silentEndIsNotWaitedForForever() {
        List<Step> steps = new ArrayList<>();
        Story story = new Story(steps::add);
        Observer client = story.observer(Role.CLIENT);
        story.observer(Role.SERVER);

        for (int i = 0; i < 1000; i++) {
            client.on(new ApplicationData(Flow.SENT, 100));
        }

        assertThat(steps).hasSizeGreaterThan(700);
    }

    @Test
    void clientIsDoneBeforeALateRefusal() {
        Script script = Scripts.start()
                .add(Role.CLIENT, Rfc8448.sent("3 ClientHello", Protection.CLEAR))
                .add(Role.SERVER, Rfc8448.sent("3 Finished", Protection.HANDSHAKE))
                .add(Role.CLIENT, Scripts.finished(Protection.HANDSHAKE))
                .alone(Role.CLIENT, new HandshakeDone(Scripts.session(Role.CLIENT, false)))
                .alone(Role.SERVER, new Failed(Problem.CLIENT_CERTIFICATE_REQUIRED.diagnosis()))
                .add(Role.SERVER, new Alert(Flow.SENT, AlertDescription.CERTIFICATE_REQUIRED.code(), true));

        assertThat(script.steps())
                .filteredOn(step -> step.event() instanceof HandshakeDone)
                .singleElement()
                .satisfies(step -> assertThat(step.situation().done()).isFalse());
    }

    @Test
    void roundTripsAreCountedUntilTheHandshakeIsDone() {
        assertThat(last(Scripts.full()).roundTrips()).isEqualTo(1);
        assertThat(last(Scripts.retried()).roundTrips()).isEqualTo(2);
        assertThat(last(Scripts.resumed()).roundTrips()).isEqualTo(1);
    }

    @Test
    void secretsAddUp() {
        assertThat(last(Scripts.full()).secrets())
                .containsExactly(
                        SecretName.EARLY_SECRET,
                        SecretName.HANDSHAKE_SECRET,
                        SecretName.CLIENT_HANDSHAKE_TRAFFIC_SECRET,
                        SecretName.SERVER_HANDSHAKE_TRAFFIC_SECRET,
                        SecretName.MAIN_SECRET,
                        SecretName.RESUMPTION_SECRET);
    }

    @Test
    void chaptersFollowTheHandshake() {
        assertThat(Scripts.full().steps().stream().map(Step::chapter).distinct())
                .containsExactly(
                        Chapter.KEY_EXCHANGE,
                        Chapter.AUTHENTICATION,
                        Chapter.TICKETS,
                        Chapter.APPLICATION_DATA,
                        Chapter.CLOSING);
    }

    @Test
    void dataIsToldWithTheKeysOfItsSender() {
        assertThat(Scripts.full().steps())
                .filteredOn(step -> step.event() instanceof ApplicationData || step.event() instanceof Alert)
                .extracting(Step::protection)
                .containsOnly(Protection.APPLICATION);
    }

    @Test
    void resumedSessionHasNoChecksOfACertificate() {
        assertThat(Scripts.resumed().steps()).noneMatch(step -> step.event() instanceof PeerChainVerified);
        assertThat(last(Scripts.resumed()).resumed()).isTrue();
    }

    private static Situation last(Script script) {
        return script.steps().getLast().situation();
    }

    private static String name(Step step) {
        String what = step.event() instanceof Message message
                ? message.name()
                : step.event().getClass().getSimpleName();
        return what + " by " + step.teller();
    }

    /** Plays the script with one end ahead of the other wherever chance and causality let it. */
    private static List<Step> interleaved(Script script, Random random) {
        List<Step> steps = new ArrayList<>();
        Story story = new Story(steps::add);
        Deque<TraceEvent> client = new ArrayDeque<>(script.of(Role.CLIENT));
        Deque<TraceEvent> server = new ArrayDeque<>(script.of(Role.SERVER));
        Observer toldByClient = story.observer(Role.CLIENT);
        Observer toldByServer = story.observer(Role.SERVER);
        int fromClient = 0;
        int fromServer = 0;
        while (!client.isEmpty() || !server.isEmpty()) {
            boolean clientMay = !client.isEmpty() && (!isArrival(client.peek()) || fromServer > 0);
            boolean serverMay = !server.isEmpty() && (!isArrival(server.peek()) || fromClient > 0);
            if (clientMay && (!serverMay || random.nextBoolean())) {
                TraceEvent event = client.remove();
                fromServer -= isArrival(event) ? 1 : 0;
                fromClient += isDeparture(event) ? 1 : 0;
                toldByClient.on(event);
            } else {
                TraceEvent event = server.remove();
                fromClient -= isArrival(event) ? 1 : 0;
                fromServer += isDeparture(event) ? 1 : 0;
                toldByServer.on(event);
            }
        }
        story.end();
        return steps;
    }

    private static boolean isArrival(TraceEvent event) {
        return Wire.flow(event) == Flow.RECEIVED;
    }

    private static boolean isDeparture(TraceEvent event) {
        return Wire.flow(event) == Flow.SENT;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
