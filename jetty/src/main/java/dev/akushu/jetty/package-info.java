/** The services by which Jetty agrees on an application protocol over the provider {@code Akushu}. */
@NullMarked
package dev.akushu.jetty;

import org.jspecify.annotations.NullMarked;
