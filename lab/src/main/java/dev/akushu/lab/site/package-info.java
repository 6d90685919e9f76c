/** The page and what it asks for, over HTTP on loopback. */
@NullMarked
package dev.akushu.lab.site;

import org.jspecify.annotations.NullMarked;
