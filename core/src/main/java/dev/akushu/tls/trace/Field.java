package dev.akushu.tls.trace;

/**
 * What some bytes of a message mean.
 *
 * @param depth how deep the field lies in others, 0 for the message's own
 * @param name the RFC's name of the field
 * @param offset of its first byte in the message
 * @param length in bytes, a length prefix included
 * @param meaning the value as people write it; empty where the bytes speak for themselves
 */
public record Field(int depth, String name, int offset, int length, String meaning) {}
