package dev.akushu.lab.stage;

import dev.akushu.tls.Role;
import org.jspecify.annotations.Nullable;

/** What somebody on the path does to a record. */
@FunctionalInterface
interface Interference {
    /** Lets everything pass as it is. */
    Interference NONE = (sender, number, bytes) -> bytes;

    /**
     * What passes on in the place of {@code bytes}; null to cut the connection.
     *
     * @param number the record's place among the sender's, from 0
     * @param bytes the whole record, not to be written to
     */
    byte @Nullable [] on(Role sender, int number, byte[] bytes);
}
