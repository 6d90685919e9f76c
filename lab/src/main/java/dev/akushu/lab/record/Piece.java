package dev.akushu.lab.record;

/**
 * A part of a handshake message that lies in one record.
 *
 * @param record the number of the record among its sender's
 * @param contentOffset where the part begins in the record's content
 * @param messageOffset where the part begins in the message
 * @param length of the part in bytes
 */
public record Piece(int record, int contentOffset, int messageOffset, int length) {}
