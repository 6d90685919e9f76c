package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Work;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Paused;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.resume.TicketProtector;
import dev.akushu.tls.wire.ImportedIdentity;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks up the external pre-shared keys that a client names, before anything is chosen: which suite it can be depends on them. RFC 9846 section 4.3.11. */
final class PskSearch {
    /** How many keys are looked up for one ClientHello. */
    private static final int MOST_REQUESTS = 4;

    /** How many of the identities in one ClientHello are looked at: four keys for two hashes each, behind as many tickets. */
    static final int MOST_IDENTITIES = 16;

    private final TlsServer config;
    private final PskSource source;
    private final OfferedPsks offered;

    private PskSearch(TlsServer config, PskSource source, OfferedPsks offered) {
        this.config = config;
        this.source = source;
        this.offered = offered;
    }

    /** Goes on with what is found: at once with nothing if there is nothing to look for. */
    static State run(
            TlsServer config,
            ClientWishes wishes,
            ServerStep step,
            Output out,
            Paused.Continuation<List<FoundPsk>> next)
            throws TlsException {
        PskSource source = config.externalPsks().orElse(null);
        OfferedPsks offered = wishes.psks();
        // RFC 9846 4.3.9: no mode may be chosen that the client does not list.
        if (source == null || offered == null || !wishes.takesPsk(config.policy())) {
            return next.go(List.of(), out);
        }
        PskSearch search = new PskSearch(config, source, offered);
        // The keys are the source's, so there is nothing of ours to forget.
        return Paused.on(Work.Kind.FIND_PSK, step, search::find, next, () -> {});
    }

    private CompletionStage<List<FoundPsk>> find() {
        Map<PskSource.Request, CompletableFuture<Optional<ExternalPsk>>> answers = new LinkedHashMap<>();
        List<Candidate> candidates = new ArrayList<>();
        int looked = Math.min(offered.identities().size(), MOST_IDENTITIES);
        for (int index = 0; index < looked; index++) {
            Wanted wanted = wanted(offered.identities().get(index).identity());
            if (wanted != null && (answers.containsKey(wanted.request()) || answers.size() < MOST_REQUESTS)) {
                candidates.add(
                        new Candidate(index, wanted.kdf(), answers.computeIfAbsent(wanted.request(), this::ask)));
            }
        }
        // What never answers must not hold the connection, and the thread that waits for it, for ever.
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .orTimeout(config.pskSourceTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(all -> candidates.stream()
                        .flatMap(candidate -> candidate.found().stream())
                        .toList())
                .exceptionallyCompose(failed -> CompletableFuture.failedFuture(failure(failed)));
    }

    /** What there is to ask for: an imported key for TLS 1.3 and a known KDF, a raw one for anything of another form; null for a ticket of this server, or what no key can be called. */
    private @Nullable Wanted wanted(Bytes identity) {
        if (TicketProtector.isTicketUnder(config.ticketKeys(), identity)) {
            return null;
        }
        ImportedIdentity imported = ImportedIdentity.find(identity);
        int length = imported == null ? identity.length() : imported.nameLength();
        if (length > ExternalPsk.MOST_IDENTITY_BYTES) {
            return null;
        }
        if (imported == null) {
            return new Wanted(new PskSource.Request(identity, Bytes.empty(), false), null);
        }
        Kdf kdf = Kdf.find(imported.targetKdf()).orElse(null);
        if (kdf == null || !imported.targetProtocol().equals(ProtocolVersion.TLS_1_3)) {
            return null;
        }
        return new Wanted(new PskSource.Request(imported.externalIdentity(), imported.context(), true), kdf);
    }

    private CompletableFuture<Optional<ExternalPsk>> ask(PskSource.Request request) {
        try {
            return Objects.requireNonNull(source.find(request), "the PskSource returned no stage")
                    .thenApply(found -> Objects.requireNonNull(found, "the PskSource gave null as its answer")
                            .filter(psk -> psk.answers(request)))
                    .toCompletableFuture();
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private TlsException failure(Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        if (cause instanceof TimeoutException) {
            return Problem.PSK_SOURCE_FAILED.causedBy(cause, "no answer within " + config.pskSourceTimeout());
        }
        return cause instanceof TlsException known
                ? known
                : Problem.PSK_SOURCE_FAILED.causedBy(cause, String.valueOf(cause.getMessage()));
    }

    /**
     * What an identity on offer may name.
     *
     * @param kdf that an imported key is offered for; null for a raw one, which has its own
     */
    private record Wanted(
            PskSource.Request request, @Nullable Kdf kdf) {}

    /** An identity on offer, and what the source will say to it. */
    private record Candidate(int index, @Nullable Kdf kdf, CompletableFuture<Optional<ExternalPsk>> answer) {
        /** Once all answers are there. */
        Optional<FoundPsk> found() {
            return answer.join().map(psk -> new FoundPsk(index, psk, kdf == null ? psk.kdf() : kdf));
        }
    }
}
