package dev.akushu.fleet;

import dev.akushu.jsse.Diagnosed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What it means that something asked of the store failed. */
final class StoreFault {
    /** Of a chain of causes, which may be a ring. */
    private static final int MOST_CAUSES = 50;

    private StoreFault() {}

    /**
     * The problem behind {@code failed}.
     *
     * @param store as it is shown to people
     */
    static TlsException of(String store, Throwable failed) {
        if (failed instanceof TlsException known && known.problem().category() == Problem.Category.TRANSPORT) {
            return known;
        }
        Optional<RedisCommandExecutionException> refusal = first(failed, RedisCommandExecutionException.class);
        if (refusal.isPresent()) {
            return refused(store, failed, words(refusal.get()));
        }
        Optional<TlsException> lookup =
                first(failed, TlsException.class).filter(each -> each.problem() == Problem.NAME_LOOKUP_TIMED_OUT);
        if (lookup.isPresent()) {
            return lookup.get();
        }
        return first(failed, Diagnosed.class)
                .map(tls -> Problem.STORE_TLS_FAILED.causedBy(failed, store, tls.diagnosis()))
                .orElseGet(() -> Problem.STORE_UNREACHABLE.causedBy(failed, store, words(failed)));
    }

    /** Redis begins an error with a word for programs. */
    private static TlsException refused(String store, Throwable failed, String words) {
        Problem problem = switch (words.replaceFirst(" .*", "")) {
            case "WRONGPASS", "NOAUTH" -> Problem.STORE_LOGIN_REFUSED;
            case "NOPERM" -> Problem.STORE_RIGHT_MISSING;
            case "OOM" -> Problem.STORE_FULL;
            case "READONLY" -> Problem.STORE_IS_REPLICA;
            default -> Problem.STORE_REFUSED;
        };
        return problem == Problem.STORE_IS_REPLICA
                ? problem.causedBy(failed, store)
                : problem.causedBy(failed, store, words);
    }

    /** The store does not answer. */
    static TlsException silent(String store, Duration limit, Throwable late) {
        return Problem.STORE_SILENT.causedBy(late, store, limit.toMillis() + " ms");
    }

    /** Whether {@code failed} is a wish for user and password. */
    static boolean isWishToKnowWho(IOException failed) {
        return failed instanceof TlsException known
                && known.problem() == Problem.STORE_LOGIN_REFUSED
                && String.valueOf(known.diagnosis().fact("says")).startsWith("NOAUTH");
    }

    private static <T> Optional<T> first(Throwable failed, Class<T> kind) {
        return causes(failed).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, each -> each != null, Throwable::getCause).limit(MOST_CAUSES);
    }

    /** The message of the innermost exception: the outer ones say little. It may be the store's, and goes to terminals. */
    static String words(Throwable failed) {
        Throwable innermost = causes(failed).reduce(failed, (outer, inner) -> inner);
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : printable(message.replaceFirst("[.]$", ""));
    }

    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
