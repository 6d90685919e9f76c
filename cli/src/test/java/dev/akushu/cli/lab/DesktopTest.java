package dev.akushu.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the systems that are not at hand open a page. */
class DesktopTest {
    private static final URI PAGE = URI.create("http://127.0.0.1:8043/#once.a");

    @Test
    void windowsAndMacHaveAProgramOfTheirOwn() {
        assertThat(new Desktop("Windows 11", Map.of()).command(PAGE))
                .contains(List.of("rundll32", "url.dll,FileProtocolHandler", PAGE.toString()));
        assertThat(new Desktop("Mac OS X", Map.of()).command(PAGE)).contains(List.of("/usr/bin/open", PAGE.toString()));
    }

    @Test
    void othersHaveADesktopIfADisplayIsNamed() {
        assertThat(new Desktop("Linux", Map.of("PATH", "/usr/bin")).command(PAGE))
                .isEmpty();
        assertThat(new Desktop("Linux", Map.of("PATH", "/usr/bin", "DISPLAY", "")).command(PAGE))
                .isEmpty();
    }
}
