package dev.akushu.cli;

import picocli.CommandLine.Command;

/** The program without a command: it can only be asked what it can do. */
@Command(name = "akushu", versionProvider = Version.class)
final class AkushuCommand {}
