package dev.akushu.lab.record;

import dev.akushu.explain.Step;

/**
 * A step of the story and when it happened.
 *
 * @param step what happened
 * @param nanos when, counted from the beginning of the connection
 */
public record TimedStep(Step step, long nanos) {}
