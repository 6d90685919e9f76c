package dev.akushu.cli.serve;

import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files in a folder. Nothing outside of it is ever served: not by {@code ..}, whatever its encoding, and not by a link that leads out. Files whose name begins
 * with a dot are not served either: they are rarely meant for the world.
 */
final class StaticSite implements Site {
    private static final String INDEX = "index.html";

    /** The folder's real path, without links in it. */
    private final Path root;

    private StaticSite(Path root) {
        this.root = root;
    }

    /** The files in {@code folder}. */
    static StaticSite of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(folder.toString());
        }
        return new StaticSite(real);
    }

    @Override
    public HttpResponse find(String path, TlsSession session) throws IOException {
        Optional<Path> found = locate(path);
        if (found.isEmpty()) {
            return notFound();
        }
        if (!Files.isDirectory(found.get(), LinkOption.NOFOLLOW_LINKS)) {
            return path.endsWith("/") ? notFound() : file(found.get());
        }
        if (!path.endsWith("/")) {
            // So that the links in its index lead into the folder. Doubled slashes would make it another host's
            // address.
            return HttpResponse.plain(
                    HttpStatus.MOVED_PERMANENTLY, Map.of("Location", path.replaceFirst("^/+", "/") + "/"));
        }
        Optional<Path> index = real(found.get().resolve(INDEX));
        return index.isPresent() ? file(index.get()) : notFound();
    }

    private Optional<Path> locate(String path) throws IOException {
        Optional<String> decoded = PercentEncoding.decode(path);
        if (decoded.isEmpty() || !decoded.get().startsWith("/")) {
            return Optional.empty();
        }
        Path candidate = root;
        for (String segment : decoded.get().split("/", -1)) {
            if (segment.startsWith(".") || !isName(segment)) {
                return Optional.empty();
            }
            try {
                candidate = candidate.resolve(segment);
            } catch (InvalidPathException impossible) {
                return Optional.empty();
            }
        }
        return real(candidate);
    }

    /** Whether it is one name on every system: Windows has more separators, and names of devices and streams. */
    private static boolean isName(String segment) {
        return segment.chars().noneMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || c == ':');
    }

    /** The file behind all links, if it exists and is in the folder. */
    private Optional<Path> real(Path candidate) throws IOException {
        try {
            return Optional.of(candidate.toRealPath()).filter(path -> path.startsWith(root));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    private static HttpResponse file(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(path)) {
            return notFound();
        }
        // The last name cannot be swapped for a link any more.
        SeekableByteChannel channel =
                Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        InputStream stream = Channels.newInputStream(channel);
        return HttpResponse.ok(new HttpContent(MediaTypes.of(path), channel.size(), stream));
    }

    private static HttpResponse notFound() {
        return HttpResponse.plain(HttpStatus.NOT_FOUND, Map.of());
    }
}
