package dev.akushu.tls.engine;

import dev.akushu.tls.KeyLog;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.SecretObserver;
import org.jspecify.annotations.Nullable;

/**
 * What of a configuration the driver itself needs.
 *
 * @param role which end this is
 * @param transitions the role's table
 * @param observer to tell of every step, or null
 * @param keyLog to log secrets to, or null
 * @param secretObserver to give the values of all secrets to, or null
 * @param shape how long its records become
 * @param stateless whether this is a server that may have forgotten a first ClientHello
 * @param halfRttData whether this is a server whose application may send data before the client's Finished
 * @param recordsPerKey after which a sending key is updated, if its AEAD's own limit is not lower
 */
public record Setting(
        Role role,
        Transitions transitions,
        @Nullable Observer observer,
        @Nullable KeyLog keyLog,
        @Nullable SecretObserver secretObserver,
        OutgoingShape shape,
        boolean stateless,
        boolean halfRttData,
        long recordsPerKey) {}
