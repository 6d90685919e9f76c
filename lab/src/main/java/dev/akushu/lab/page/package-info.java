/** The page itself: its files, its words, and a run in a file of its own. */
@NullMarked
package dev.akushu.lab.page;

import org.jspecify.annotations.NullMarked;
