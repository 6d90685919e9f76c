package dev.akushu.cli.serve;

/**
 * What a client is called in the journal.
 *
 * @param number its connection's, from 1
 * @param address where it comes from
 */
record Visitor(long number, String address) {}
