/** {@code akushu lab}: opens the web page on which handshakes are watched and broken. */
@NullMarked
package dev.akushu.cli.lab;

import org.jspecify.annotations.NullMarked;
