/** {@code akushu serve}: a server that echoes or serves files, until it is stopped. */
@NullMarked
package dev.akushu.cli.serve;

import org.jspecify.annotations.NullMarked;
