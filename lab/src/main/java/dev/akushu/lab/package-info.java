/** The lab as a whole: opened, it serves its page to this machine until it is closed. */
@NullMarked
package dev.akushu.lab;

import org.jspecify.annotations.NullMarked;
