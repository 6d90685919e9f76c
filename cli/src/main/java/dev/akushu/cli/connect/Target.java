package dev.akushu.cli.connect;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.identity.HostNames;
import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to connect to.
 *
 * @param host a DNS name in ASCII, or the text of an IP address
 * @param port 1 to 65535
 */
record Target(String host, int port) {
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;

    /** {@code [IPv6]:PORT}, {@code HOST:PORT}, or either without the port. */
    private static final Pattern BRACKETED = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::(.*))?");

    private static final Pattern HOST_AND_PORT = Pattern.compile("([^:\\[\\]/@\\s]+)(?::(.*))?");

    /** More than one colon and no brackets: an IPv6 address without a port. */
    private static final Pattern BARE_IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    /** Most names: IDN would give these back, after it has loaded its tables of all characters, which takes some milliseconds. */
    private static final Pattern PLAIN_NAME = Pattern.compile("(?:[a-zA-Z0-9-]{1,63}\\.){0,9}[a-zA-Z0-9-]{1,63}");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Reads what was typed. */
    static Target of(String text, Words words) throws CommandFailure {
        if (text.contains("://")) {
            throw words.misuse("target_is_url", text);
        }
        if (BARE_IPV6.matcher(text).matches()) {
            return new Target(text, HTTPS);
        }
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            return new Target(bracketed.group(1), port(bracketed, words));
        }
        Matcher plain = HOST_AND_PORT.matcher(text);
        if (!plain.matches()) {
            throw words.misuse("bad_target", text);
        }
        return new Target(hostName(plain.group(1), words), port(plain, words));
    }

    /** As it was typed, with the port. */
    @Override
    public String toString() {
        return HostNames.withPort(host, port);
    }

    /** An internationalized name as the name service and certificates have it, RFC 5890. */
    static String hostName(String name, Words words) throws CommandFailure {
        try {
            String ascii = PLAIN_NAME.matcher(name).matches() ? name : IDN.toASCII(name);
            if (!ascii.isEmpty()) {
                return ascii;
            }
        } catch (IllegalArgumentException noName) {
            throw new CommandFailure(words.misuse("bad_host_name", name).failure(), noName);
        }
        throw words.misuse("bad_host_name", name);
    }

    private static int port(Matcher matcher, Words words) throws CommandFailure {
        String text = matcher.group(2);
        if (text == null) {
            return HTTPS;
        }
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > HIGHEST_PORT) {
            throw words.misuse("bad_port", text);
        }
        return port;
    }
}
