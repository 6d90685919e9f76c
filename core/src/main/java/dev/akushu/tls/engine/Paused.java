package dev.akushu.tls.engine;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that waits for {@link Work}. It takes no message; when the work is done the driver calls {@link #proceed}.
 *
 * @param <T> what the work gives
 */
public final class Paused<T> implements State, Work {
    private final Kind kind;
    private final Step step;
    private final Task<T> task;
    private final Continuation<T> continuation;
    private final Runnable forgetting;
    private volatile @Nullable CompletableFuture<T> result;
    private boolean proceeded;

    private Paused(Kind kind, Step step, Task<T> task, Continuation<T> continuation, Runnable forgetting) {
        this.kind = kind;
        this.step = step;
        this.task = task;
        this.continuation = continuation;
        this.forgetting = forgetting;
    }

    /**
     * Waits for {@code task}, then goes on with {@code continuation}.
     *
     * @param step where the handshake stands meanwhile, for texts
     * @param forgetting overwrites the secrets that the continuation holds, if the connection fails before it is done
     */
    public static <T> State on(Kind kind, Step step, Task<T> task, Continuation<T> continuation, Runnable forgetting) {
        return new Paused<>(kind, step, task, continuation, forgetting);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public State on(Received received, Output out) {
        throw new IllegalStateException(
                "paused for " + kind + ", cannot take " + received.message().messageName());
    }

    @Override
    public void forget() {
        forgetting.run();
    }

    @Override
    public CompletionStage<Void> start() {
        return begun().handle((value, failure) -> null);
    }

    /** Whether {@link #proceed} can be called. */
    boolean isDone() {
        CompletableFuture<T> begun = result;
        return begun != null && begun.isDone();
    }

    /** Goes on with what the work gave, or throws what it failed with. */
    State proceed(Output out) throws TlsException {
        if (proceeded) {
            throw new IllegalStateException("went on from " + kind + " already");
        }
        proceeded = true;
        T value;
        try {
            value = begun().join();
        } catch (CompletionException failed) {
            throw reasonOf(failed);
        }
        return continuation.go(value, out);
    }

    private synchronized CompletableFuture<T> begun() {
        CompletableFuture<T> begun = result;
        if (begun == null) {
            begun = begin();
            result = begun;
        }
        return begun;
    }

    private CompletableFuture<T> begin() {
        try {
            return task.start().toCompletableFuture();
        } catch (TlsException | RuntimeException | Error failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private TlsException reasonOf(CompletionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof TlsException known) {
            return known;
        }
        return Problem.INTERNAL.causedBy(failed, kind.name(), String.valueOf(cause));
    }

    /** Begins the work. */
    @FunctionalInterface
    public interface Task<T> {
        /** Does the work or has it done elsewhere; a failure may be thrown or be the stage's. */
        CompletionStage<T> start() throws TlsException;
    }

    /** What comes after the work. */
    @FunctionalInterface
    public interface Continuation<T> {
        /** The state to go on with. */
        State go(T value, Output out) throws TlsException;
    }
}
