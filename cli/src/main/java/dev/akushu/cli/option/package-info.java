/** Options that several commands share, each group with what it means for the configuration. */
@NullMarked
package dev.akushu.cli.option;

import org.jspecify.annotations.NullMarked;
