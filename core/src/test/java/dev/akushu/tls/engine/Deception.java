package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A peer that breaks a rule, and what its victim must make of it: the messages of an honest handshake, one of them
 * changed on its way.
 *
 * @param what the peer does, for people
 * @param beginning the honest handshake
 * @param change what becomes of each message
 * @param problem the fault that must be found
 * @param alert the alert that RFC 9846 wants for it
 */
record Deception(String what, Beginning beginning, Change change, Problem problem, AlertDescription alert) {
    /** The same peer, which breaks the rule in another handshake than a full one. */
    Deception in(Beginning other) {
        return new Deception(what, other, change, problem, alert);
    }

    /** A full handshake in which messages of one kind are changed. */
    static <M extends HandshakeMessage> Deception of(
            String what, Class<M> kind, Function<M, HandshakeMessage> change, Problem problem, AlertDescription alert) {
        return new Deception(what, Scenario.FULL::begin, Change.of(kind, change), problem, alert);
    }

    /** Checks that {@code victim} finds the fault, and that the alert is the right one. */
    void mustBeFoundBy(Role victim) throws TlsException {
        TlsException failed = change.fate(victim, beginning.begin());
        assertThat(failed).as("%s", what).isNotNull();
        assertThat(failed.problem()).as("%s", failed.getMessage()).isEqualTo(problem);
        assertThat(failed.problem().alert()).isEqualTo(alert);
    }

    @Override
    public String toString() {
        return what;
    }

    /** Makes a pair that is about to shake hands. */
    @FunctionalInterface
    interface Beginning {
        Talk begin() throws TlsException;
    }

    /** What becomes of each message on its way. */
    @FunctionalInterface
    interface Change {
        /** The bytes that arrive, header included, in the place of {@code message}. */
        byte[] onTheWay(byte[] message) throws TlsException;

        /** Changes messages of one kind. */
        static <M extends HandshakeMessage> Change of(Class<M> kind, Function<M, HandshakeMessage> change) {
            return bytes -> {
                HandshakeMessage honest = HandshakeCodec.decode(bytes, 0, bytes.length);
                return kind.isInstance(honest) ? HandshakeCodec.encode(change.apply(kind.cast(honest))) : bytes;
            };
        }

        /** Changes the second message of one kind: what follows a retry. */
        static <M extends HandshakeMessage> Change ofSecond(Class<M> kind, Function<M, HandshakeMessage> change) {
            int[] seen = new int[1];
            return of(kind, message -> seen[0]++ == 1 ? change.apply(message) : message);
        }

        /** Whether the one who is not deceived goes on; it will not if its peer swallowed what it never sent. */
        private static boolean accepts(Role other, Talk talk, byte[] honest) {
            try {
                talk.give(other, honest);
                return true;
            } catch (TlsException odd) {
                return false;
            }
        }

        /** Lets the two talk, and returns why {@code victim} failed; null if it swallowed everything. */
        default @Nullable TlsException fate(Role victim, Talk talk) throws TlsException {
            Role other = victim == Role.CLIENT ? Role.SERVER : Role.CLIENT;
            while (true) {
                byte[] honest = talk.intercept(other);
                byte[] changed = talk.intercept(victim);
                if (honest == null && changed == null) {
                    return null;
                }
                if (honest != null && !accepts(other, talk, honest)) {
                    return null;
                }
                if (changed != null) {
                    try {
                        talk.give(victim, onTheWay(changed));
                    } catch (TlsException found) {
                        return found;
                    }
                }
            }
        }
    }
}
