package dev.akushu.lab.page;

import dev.akushu.lab.Outside;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page decides without a browser: its own tests are in {@code web/src}. */
class PageModelTest {
    @Test
    void pageDecidesWhatIsShownAsItsTestsSay() throws Exception {
        Path web = Path.of(System.getProperty("akushu.root"), "lab", "web");
        Outside.run(web, Map.of(), List.of("npm", "test", "--silent"));
    }
}
