/** {@code akushu crypto}: whose code does the cryptography here, and how fast it is. */
@NullMarked
package dev.akushu.cli.crypto;

import org.jspecify.annotations.NullMarked;
