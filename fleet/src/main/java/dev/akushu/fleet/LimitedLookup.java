package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds addresses of names within a limit. Netty's resolver has limits for each question, and asks many for one name: each server, each suffix that the system may add. */
final class LimitedLookup extends AddressResolverGroup<InetSocketAddress> {
    private final AddressResolverGroup<InetSocketAddress> group;
    private final Duration limit;

    /** @param group who is asked; stays the caller's */
    LimitedLookup(AddressResolverGroup<InetSocketAddress> group, Duration limit) {
        this.group = group;
        this.limit = limit;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        AddressResolver<InetSocketAddress> unlimited = group.getResolver(executor);
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return unlimited.isResolved(address);
            }

            @Override
            protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> found) {
                pass(unlimited.resolve(address), address, found);
            }

            @Override
            protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> found) {
                pass(unlimited.resolveAll(address), address, found);
            }

            private <T> void pass(Future<T> asked, InetSocketAddress address, Promise<T> found) {
                Future<?> end = executor.schedule(
                        () -> found.tryFailure(
                                Problem.NAME_LOOKUP_TIMED_OUT.with(address.getHostString(), limit.toMillis() + " ms")),
                        limit.toNanos(),
                        TimeUnit.NANOSECONDS);
                asked.addListener((Future<T> answer) -> {
                    var _ = end.cancel(false);
                    if (answer.isSuccess()) {
                        found.trySuccess(answer.getNow());
                    } else {
                        found.tryFailure(answer.cause());
                    }
                });
            }
        };
    }
}
