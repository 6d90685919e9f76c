/** Files that hold secrets, and files that may change while the program runs. */
@NullMarked
package dev.akushu.tls.file;

import org.jspecify.annotations.NullMarked;
