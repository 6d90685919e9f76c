package dev.akushu.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A person's way through the lab in a real browser: every scenario and every fault in both languages, by keyboard, on a phone,
 * without barriers. What is asserted is in {@code web/browser}; here the lab is opened for it. Pictures are left in
 * {@code target/screenshots}.
 */
class BrowserTest {
    @Test
    void browserShowsWhatTheEngineTells() throws Exception {
        Outside.require("chromium");
        Path module = Path.of(System.getProperty("akushu.root"), "lab");
        Path pictures = Files.createDirectories(module.resolve("target").resolve("screenshots"));
        try (Lab lab = Lab.open(0)) {
            Outside.run(
                    module.resolve("web"),
                    Map.of(
                            "AKUSHU_LAB", lab.address().toString(),
                            "AKUSHU_LAB_SHOTS", pictures.toString()),
                    List.of("npm", "run", "--silent", "drive"));
        }
    }
}
