package dev.akushu.conformance;

import java.util.Iterator;
import java.util.List;

/**
 * The runner's command line, split into what holds for the first connection and for those that resume it.
 *
 * @param initial for the first connection
 * @param resumed for each further one
 * @param retried for what is left of one of these after a server has refused the early data
 */
record Flags(Options initial, Options resumed, Options retried) {
    /** Where BoringSSL's handshake may move to a second process, these are for the first, as all is here. */
    private static final String ON_SHIM = "-on-shim";

    /** These are for the second process. There is none: see {@link Flag#IS_HANDSHAKER_SUPPORTED}. */
    private static final String ON_HANDSHAKER = "-on-handshaker";

    private static final String ON_INITIAL = "-on-initial";
    private static final String ON_RESUME = "-on-resume";

    private static final String ON_RETRY = "-on-retry";

    static Flags parse(List<String> arguments) throws OutOfScope {
        Options initial = new Options();
        Options resumed = new Options();
        Options retried = new Options();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String given = rest.next();
            String argument = without(ON_HANDSHAKER, without(ON_SHIM, given));
            String name = without(ON_RETRY, without(ON_RESUME, without(ON_INITIAL, argument)));
            Flag flag = known(name);
            String value = flag.takesValue() ? rest.next() : "";
            if (given.startsWith(ON_HANDSHAKER)) {
                continue;
            }
            boolean unprefixed = argument.equals(name);
            if (unprefixed || argument.startsWith(ON_INITIAL)) {
                initial.add(flag, value);
            }
            if (unprefixed || argument.startsWith(ON_RESUME)) {
                resumed.add(flag, value);
            }
            if (unprefixed || argument.startsWith(ON_RETRY)) {
                retried.add(flag, value);
            }
        }
        return new Flags(initial, resumed, retried);
    }

    private static Flag known(String name) throws OutOfScope {
        Flag flag = name.startsWith("-") ? Flag.find(name.substring(1)) : null;
        if (flag == null) {
            throw new OutOfScope("the flag " + name);
        }
        return flag;
    }

    /** The argument without {@code prefix}; the hyphen behind it stays. */
    private static String without(String prefix, String argument) {
        return argument.startsWith(prefix + "-") ? argument.substring(prefix.length()) : argument;
    }
}
