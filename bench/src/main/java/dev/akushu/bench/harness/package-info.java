/** What all measurements of stacks share: JVMs of their own, CPU time, medians, tables and the files of results. */
@NullMarked
package dev.akushu.bench.harness;

import org.jspecify.annotations.NullMarked;
