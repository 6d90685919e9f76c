/**
 * TLS 1.3 for programs that speak JSSE. {@link dev.akushu.jsse.AkushuProvider} is the provider,
 * {@link dev.akushu.jsse.AkushuContext} makes an SSLContext from the core's own configurations, and what JSSE has no words
 * for is told by {@link dev.akushu.jsse.AkushuSession} and {@link dev.akushu.jsse.Diagnosed}.
 */
@NullMarked
package dev.akushu.jsse;

import org.jspecify.annotations.NullMarked;
