package dev.akushu.fleet;

import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what the store is to do. */
final class Awaiting {
    private Awaiting() {}

    /**
     * What {@code asked} brings within {@code limit}.
     *
     * @param store as it is shown to people
     * @throws TlsException what it means that it failed
     */
    static <T extends @Nullable Object> T answer(CompletionStage<T> asked, Duration limit, String store)
            throws TlsException {
        try {
            return asked.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw StoreFault.silent(store, limit, late);
        } catch (ExecutionException failed) {
            throw StoreFault.of(store, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw StoreFault.of(store, interrupted);
        }
    }
}
