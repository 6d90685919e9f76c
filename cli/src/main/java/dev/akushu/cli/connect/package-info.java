/** {@code akushu connect}: a client for any server. */
@NullMarked
package dev.akushu.cli.connect;

import org.jspecify.annotations.NullMarked;
