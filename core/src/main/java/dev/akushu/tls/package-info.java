/** The public face: configurations, the sans-IO engine, sockets over it, sessions, and errors that name their cause. */
@NullMarked
package dev.akushu.tls;

import org.jspecify.annotations.NullMarked;
