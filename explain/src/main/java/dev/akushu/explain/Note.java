package dev.akushu.explain;

/**
 * A remark on a step.
 *
 * @param kind what it is about
 * @param text in the explainer's language
 */
public record Note(Kind kind, String text) {
    /** What a remark is about. */
    public enum Kind {
        /** Why it happens. */
        REASON,
        /** What somebody sees of it who reads all that passes the wire. */
        EAVESDROPPER,
        /** What people often believe, put right. */
        CONFUSION,
        /** What the decision was made among. */
        AMONG,
        /** A value or a check more. */
        DETAIL,
        /** The secrets that exist now. */
        SECRETS,
        /** What went wrong, with the values at hand. */
        CAUSE,
        /** Who noticed, and at which step. */
        NOTICED,
        /** The alert that tells the other end. */
        ALERT,
        /** What to do about it. */
        REMEDY
    }
}
