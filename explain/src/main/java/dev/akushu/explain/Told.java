package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.TraceEvent;

/**
 * An event and the end that made it.
 *
 * @param teller the end
 * @param event what it told
 */
record Told(Role teller, TraceEvent event) {}
