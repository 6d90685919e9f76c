package dev.akushu.explain;

import java.util.List;

/**
 * A step in words.
 *
 * @param actor who does it: client, server, or both
 * @param headline what is done; for a decision or a check a sentence without its subject, which is {@code actor}
 * @param notes remarks, the most important first
 */
public record Explanation(String actor, String headline, List<Note> notes) {
    /** Copies the list. */
    public Explanation {
        notes = List.copyOf(notes);
    }
}
