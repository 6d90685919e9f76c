/**
 * The events of one or both ends of a connection as a {@link dev.akushu.explain.Story}; its steps in words by an
 * {@link dev.akushu.explain.Explainer}; on a terminal by a {@link dev.akushu.explain.TerminalNarrator}; as JSON by
 * {@link dev.akushu.explain.JsonEvents}.
 */
@NullMarked
package dev.akushu.explain;

import org.jspecify.annotations.NullMarked;
