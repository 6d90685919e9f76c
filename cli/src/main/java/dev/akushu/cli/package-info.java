/** The program {@code akushu}: reads its arguments, runs a command, and says by its exit code how that went. */
@NullMarked
package dev.akushu.cli;

import org.jspecify.annotations.NullMarked;
