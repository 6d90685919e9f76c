/** {@code akushu keys}: the Ticket Keys that several servers share. */
@NullMarked
package dev.akushu.cli.keys;

import org.jspecify.annotations.NullMarked;
