package dev.akushu.fleet;

import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells another observer, which may throw what it likes: that is logged, once a kind, and the fleet goes on, also after errors such as {@link OutOfMemoryError}. */
final class HeededObserver implements FleetObserver {
    private static final Logger LOG = System.getLogger("dev.akushu.fleet");

    private final FleetObserver observer;

    /** Handshakes tell of each answer, and would fill the log. */
    private final Set<Class<?>> logged = ConcurrentHashMap.newKeySet();

    HeededObserver(FleetObserver observer) {
        this.observer = observer;
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (Exception | Error failed) {
            // Not of one kind alone: a library may be missing, and some languages declare no exceptions.
            if (logged.add(failed.getClass())) {
                LOG.log(Logger.Level.WARNING, "an observer of a fleet failed; this is said once", failed);
            }
        }
    }

    @Override
    public void onFault(TlsException fault) {
        tell(() -> observer.onFault(fault));
    }

    @Override
    public void onJoined() {
        tell(observer::onJoined);
    }

    @Override
    public void onSharing(boolean sharing) {
        tell(() -> observer.onSharing(sharing));
    }

    @Override
    public void onLook(Duration took) {
        tell(() -> observer.onLook(took));
    }

    @Override
    public void onReplayAnswer(ReplayGuard.Answer answer, Duration took) {
        tell(() -> observer.onReplayAnswer(answer, took));
    }
}
