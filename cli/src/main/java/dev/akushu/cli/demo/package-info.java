/** {@code akushu demo}: a server and a client of our own on loopback, a full handshake, a ticket, and a resumption. */
@NullMarked
package dev.akushu.cli.demo;

import org.jspecify.annotations.NullMarked;
