/** What a crypto provider supplies: suites, groups, signature schemes and randomness, passed explicitly by the configuration. */
@NullMarked
package dev.akushu.tls.crypto;

import org.jspecify.annotations.NullMarked;
