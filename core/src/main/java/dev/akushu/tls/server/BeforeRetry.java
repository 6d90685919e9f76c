package dev.akushu.tls.server;

/**
 * What still counts of a first ClientHello after a retry.
 *
 * @param earlyData whether the client had announced early data
 */
record BeforeRetry(boolean earlyData) {}
