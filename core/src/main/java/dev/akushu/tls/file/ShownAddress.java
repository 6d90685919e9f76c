package dev.akushu.tls.file;

/** An address as it may be shown to people, who may have written a password into it. */
public final class ShownAddress {
    private ShownAddress() {}

    /**
     * Without user and password, also where {@code text} has not the form of an address: then nobody can tell where a password ends, so all goes up to the
     * last {@code @}.
     */
    public static String of(String text) {
        int end = text.lastIndexOf('@');
        if (end < 0) {
            return text;
        }
        int slashes = text.indexOf("//");
        int begin = slashes >= 0 ? slashes + 2 : text.indexOf(':') + 1;
        // In "user:word@host" what stands before the colon is no scheme, and does no harm.
        return begin > end ? text.substring(end + 1) : text.substring(0, begin) + text.substring(end + 1);
    }
}
