package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Terminals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where there is a desktop, its program for opening pages is run; here it is a script that notes what it was given. */
@EnabledOnOs(OS.LINUX)
class LabInBrowserTest {
    private static final Terminals PERSON = new Terminals(true, true, true);

    @TempDir
    private Path folder;

    @BeforeEach
    void makeOpener() throws Exception {
        Path opener = folder.resolve("xdg-open");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.writeString(opener, "#!/bin/sh\n: > " + folder.resolve("ran") + "\nprintf %s \"$1\" > " + pipe + "\n");
        Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    }

    private Map<String, String> desktop() {
        return Map.of("PATH", folder.toString(), "DISPLAY", ":0");
    }

    /** What the opener was given, as soon as it says so. */
    private URI opened() throws IOException {
        return URI.create(Files.readString(folder.resolve("pipe")));
    }

    private static URI printed(Announcement lab) {
        String first = lab.lines().getFirst();
        return URI.create(first.substring(first.indexOf("http://")));
    }

    @Test
    void opensThePageWithoutTheTokenInTheCommandLineOfAnotherProgram() throws Exception {
        Announcement lab = Announcement.of(Cli.plain().withTerminals(PERSON).withEnvironment(desktop()), "lab");
        URI printed = printed(lab);
        URI opened = opened();

        assertThat(opened.getAuthority()).isEqualTo(printed.getAuthority());
        assertThat(opened.getFragment()).startsWith("once.").isNotEqualTo(printed.getFragment());
        assertThat(lab.lines()).contains("The browser has been asked to show it.");
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void opensThePageInTheLanguageThatWasAskedFor() throws Exception {
        Cli cli = Cli.plain().withTerminals(PERSON).withEnvironment(desktop());
        Announcement lab = Announcement.of(cli, "lab", "--lang", "ja");

        assertThat(opened()).hasQuery("lang=ja");
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void leavesTheBrowserAloneIfToldSo() {
        requireUnopened(Cli.plain().withTerminals(PERSON).withEnvironment(desktop()), "lab", "--no-open");
    }

    @Test
    void leavesTheBrowserAloneWhereNobodyLooks() {
        requireUnopened(Cli.plain().withEnvironment(desktop()), "lab");
    }

    @Test
    void leavesTheBrowserAloneOnAnotherMachine() {
        Map<String, String> remote = Map.of(
                "PATH", folder.toString(), "DISPLAY", "localhost:10.0", "SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22");
        requireUnopened(Cli.plain().withTerminals(PERSON).withEnvironment(remote), "lab");
    }

    @Test
    void doesWithoutADesktop() {
        requireUnopened(Cli.plain().withTerminals(PERSON).withEnvironment(Map.of("PATH", folder.toString())), "lab");
    }

    @Test
    void doesWithoutAProgramThatOpensPages() {
        Map<String, String> bare = Map.of("PATH", "", "DISPLAY", ":0");
        requireUnopened(Cli.plain().withTerminals(PERSON).withEnvironment(bare), "lab");
    }

    @Test
    void doesWithAProgramThatCannotBeRun() throws IOException {
        Files.writeString(folder.resolve("xdg-open"), "#!/no/such/interpreter\n");
        requireUnopened(Cli.plain().withTerminals(PERSON).withEnvironment(desktop()), "lab");
    }

    /** The lab is open and says where, and has asked no browser. */
    private void requireUnopened(Cli cli, String... arguments) {
        Announcement lab = Announcement.of(cli, arguments);

        assertThat(printed(lab).getFragment()).isNotEmpty();
        assertThat(lab.lines()).doesNotContain("The browser has been asked to show it.");
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("ran")).doesNotExist();
    }
}
