/** Tickets and pre-shared keys: sealing, opening, keeping, choosing. */
@NullMarked
package dev.akushu.tls.resume;

import org.jspecify.annotations.NullMarked;
