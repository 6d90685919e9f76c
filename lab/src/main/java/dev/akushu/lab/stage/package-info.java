/** Where handshakes happen: two ends that shake hands over loopback, and somebody on the path between them. */
@NullMarked
package dev.akushu.lab.stage;

import org.jspecify.annotations.NullMarked;
