/** Ticket Keys in a store that servers share: the one place that knows the module {@code dev.akushu.fleet}, which is there only when it was asked for. */
@NullMarked
package dev.akushu.cli.store;

import org.jspecify.annotations.NullMarked;
