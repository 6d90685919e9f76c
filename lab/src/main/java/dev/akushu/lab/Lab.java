package dev.akushu.lab;

import dev.akushu.lab.site.Site;
import dev.akushu.tls.Identity;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/** A running lab. Reached from this machine alone, and only by who knows its address. */
public final class Lab implements AutoCloseable {
    private final Site site;

    private Lab(Site site) {
        this.site = site;
    }

    /**
     * Opens the lab on 127.0.0.1.
     *
     * @param port to listen on; 0 takes a free one
     * @throws IOException if the port cannot be had
     */
    public static Lab open(int port) throws IOException {
        return new Lab(Site.open(port));
    }

    /**
     * As {@link #open}, by https: the page itself is served over Akushu's own TLS.
     *
     * @param identity whose certificate is for {@code 127.0.0.1}
     */
    public static Lab openTls(int port, Identity identity) throws IOException {
        return new Lab(Site.openTls(port, identity));
    }

    /** The address of the page. Its last part is a token that keeps others out; it is a secret of whoever opened the lab. */
    public URI address() {
        return site.address();
    }

    /** The same for a page that begins in a language, whatever the browser's is: in Japanese if {@code locale} is, otherwise in English. */
    public URI address(Locale locale) {
        return site.address(locale);
    }

    /**
     * An address by which one browser is let in, once. For the command line of another program, which all users of the machine can
     * see: {@link #address} would let them in too.
     */
    public URI addressForOnce() {
        return site.addressForOnce();
    }

    /** The same for a page that begins in a language. */
    public URI addressForOnce(Locale locale) {
        return site.addressForOnce(locale);
    }

    /** The port that it listens on. */
    public int port() {
        return site.port();
    }

    /** Closes it; connections that are under way end. */
    @Override
    public void close() {
        site.close();
    }
}
