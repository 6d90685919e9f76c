/** What every command talks with: streams and terminal, words in two languages, JSON lines, failures and exit codes. */
@NullMarked
package dev.akushu.cli.console;

import org.jspecify.annotations.NullMarked;
