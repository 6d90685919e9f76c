package dev.akushu.cli.console;

/**
 * How a command speaks.
 *
 * @param json to a program, by one JSON object a line, rather than to a person
 * @param quiet whether a person wants to hear of failures only
 * @param debug whether a failure is told with the stack trace of its exception
 */
public record Manner(boolean json, boolean quiet, boolean debug) {}
