/** {@code akushu policy}: what a policy allows, and what it has in common with another. */
@NullMarked
package dev.akushu.cli.policy;

import org.jspecify.annotations.NullMarked;
