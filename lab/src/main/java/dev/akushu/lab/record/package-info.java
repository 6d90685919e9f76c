/** What is kept of a run: the story, the bytes on the wire, the secrets. */
@NullMarked
package dev.akushu.lab.record;

import org.jspecify.annotations.NullMarked;
