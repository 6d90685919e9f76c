package dev.akushu.lab.record;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of a name within a limit. The system's resolver has limits of its own that can add up to minutes, and cannot
 * be interrupted: a thread that it holds is left behind until it answers.
 */
final class NameLookup {
    private final Resolver resolver;
    private final Duration limit;

    /** Who is asked; blocks until it knows. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    NameLookup(Resolver resolver, Duration limit) {
        this.resolver = resolver;
        this.limit = limit;
    }

    /** By the system's resolver. */
    static NameLookup within(Duration limit) {
        return new NameLookup(InetAddress::getAllByName, limit);
    }

    /**
     * All addresses of {@code host}, in the order of the resolver.
     *
     * @throws TlsException {@link Problem#UNKNOWN_HOST} if there are none, {@link Problem#NAME_LOOKUP_TIMED_OUT} if nobody has told in time
     */
    List<InetAddress> addresses(String host) throws TlsException {
        FutureTask<InetAddress[]> asked = new FutureTask<>(() -> resolver.addresses(host));
        // Not a virtual thread: the resolver is native code and would hold one of their few carriers.
        Thread.ofPlatform().daemon().name("look-up of " + host).start(asked);
        try {
            return List.of(asked.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            throw Problem.NAME_LOOKUP_TIMED_OUT.causedBy(slow, host, limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw Problem.UNKNOWN_HOST.causedBy(failed, host);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Problem.CANCELED.causedBy(interrupted);
        }
    }
}
