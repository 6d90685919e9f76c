package dev.akushu.fuzz;

import dev.akushu.tls.Role;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.trace.Observer;
import org.jspecify.annotations.Nullable;

/** One engine under what a fuzzer has its peer say. */
final class EngineRun {
    private EngineRun() {}

    /** The first octets of {@code input} are a {@link Choice} of the {@link Settings}, the others are {@link Records}. */
    static void of(Role role, byte[] input) {
        if (input.length == 0) {
            return;
        }
        Choice choice = Choice.of(input);
        Retelling retelling = new Retelling(role);
        Observer observer = Settings.isTold(choice.bits()) ? retelling.observer() : null;
        Subject subject = new Subject(engine(role, choice.bits(), observer), choice.bits());
        try {
            for (byte[] record : Records.of(input, choice.length())) {
                subject.give(record);
            }
        } catch (TlsException refused) {
            Faults.requireFaultOfThePeer(refused);
        }
        subject.end();
        retelling.end();
    }

    private static TlsEngine engine(Role role, int settings, @Nullable Observer observer) {
        try {
            return role == Role.CLIENT ? Settings.client(settings, observer) : Settings.server(settings, observer);
        } catch (TlsException refused) {
            throw new AssertionError("the configuration is refused", refused);
        }
    }
}
