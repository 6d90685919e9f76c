package dev.akushu.lab.stage;

import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to see.
 *
 * @param scenario what happens
 * @param fault what is broken, or null
 * @param flip which bit, if the fault is a flipped one; otherwise null
 * @param group the one group of both ends, or null for the usual choice
 * @param suite the one suite of both ends, or null for the usual choice
 * @param keyType of the certificates
 * @param protocol the application protocol that both ends offer, or null for none
 * @param host whom to call; empty unless the scenario is {@link Scenario#REMOTE}
 * @param port where to call; 0 unless the scenario is {@link Scenario#REMOTE}
 */
public record Order(
        Scenario scenario,
        @Nullable Fault fault,
        @Nullable Flip flip,
        @Nullable NamedGroup group,
        @Nullable CipherSuite suite,
        KeyType keyType,
        @Nullable String protocol,
        String host,
        int port) {
    /** The scenario with the usual choices. */
    public static Order of(Scenario scenario) {
        return new Order(scenario, null, null, null, null, KeyType.EC, null, "", 0);
    }

    /** The fault in its scenario with the usual choices. */
    public static Order of(Fault fault) {
        return new Order(fault.scenario(), fault, null, null, null, KeyType.EC, null, "", 0);
    }

    /** A flipped bit in {@code scenario}. */
    public static Order of(Scenario scenario, Flip flip) {
        return new Order(scenario, Fault.FLIPPED_BIT, flip, null, null, KeyType.EC, null, "", 0);
    }

    /** A call to a server somewhere else. */
    public static Order remote(String host, int port) {
        return new Order(Scenario.REMOTE, null, null, null, null, KeyType.EC, null, host, port);
    }
}
