/** A certification authority of one's own that is forgotten at the end of the run. */
@NullMarked
package dev.akushu.lab.throwaway;

import org.jspecify.annotations.NullMarked;
