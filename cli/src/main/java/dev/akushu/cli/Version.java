package dev.akushu.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is, as the build wrote it down, and on which Java it runs. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("build.properties")) {
            if (file == null) {
                throw new IOException("build.properties is missing from the program");
            }
            build.load(file);
        }
        return new String[] {
            "akushu " + build.getProperty("version"),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
