package dev.akushu.lab.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of the page, as the build put them beside this class. These and no others are served. */
public final class Assets {
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "page.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    /**
     * A file.
     *
     * @param type its media type
     * @param content all of it; not to be written to
     */
    public record Asset(String type, byte[] content) {}

    private Assets() {}

    /** Reads them all. */
    public static Assets load() {
        Assets loaded = new Assets();
        TYPES.forEach((name, type) -> loaded.assets.put(name, new Asset(type, read(name))));
        return loaded;
    }

    /** The file called {@code name}; empty if there is none. */
    public Optional<Asset> find(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    private static byte[] read(String name) {
        try (InputStream file = Assets.class.getResourceAsStream("files/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException(name + " cannot be read", unreadable);
        }
    }
}
