/**
 * A shim for the test runner of BoringSSL: the runner's command line on one side, {@link dev.akushu.tls.TlsEngine} on
 * the other.
 */
@NullMarked
package dev.akushu.conformance;

import org.jspecify.annotations.NullMarked;
