/** What a person takes away from a run: a page, JSON, a diagram, a capture. */
@NullMarked
package dev.akushu.lab.keep;

import org.jspecify.annotations.NullMarked;
